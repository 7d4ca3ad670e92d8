"""Officers enter associations that were recognised, and write down what becomes of them: dormant,
active again, closed; and their working groups.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from django.db import transaction
from django.utils.text import slugify

from anso.audit.actions import record_entry
from anso.directory.actions import Difference, bring_rows
from anso.directory.reference import reference_rows
from anso.governance.enums import AssociationState
from anso.governance.models import YEAR_OR_DAY, Association, AssociationEvent, AssociationGroup
from anso.governance.queries import alliance_day
from anso.governance.queries.associations import state_on
from anso.governance.rules import may_keep_associations
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line
from anso.kernel.reasons import required_reason, uncut
from anso.kernel.references import new_reference
from anso.kernel.wording import gettext_noop as _

LONGEST = {"source": 300, "acronym": 20}


def load_associations() -> list[Difference]:
    """Bring the associations that are publicly known; what staff changed stays, and is told."""
    shipped = {row["code"]: row for row in reference_rows("associations")}
    found = Association.objects.all()
    return bring_rows(found, "associations", shipped, known_by=["code"]).differences


@transaction.atomic
def enter_association(
    *, name: str, facts: Mapping[str, str], actor: Actor, now: dt.datetime
) -> Association:
    """Enter one: its name, and of ``facts`` acronym, led_by, launched, recognised and source.

    Refuses one without name or source, dates that are neither year nor day, and one that is there.
    """
    may_keep_associations(actor, now).require()
    named = clean_line(name)
    said = {
        key: clean_line(uncut(value.strip(), LONGEST.get(key, 200))) for key, value in facts.items()
    }
    if not named or not said.get("source"):
        raise BadInput(_("Give its name, and where it is written."))
    for day in (said.get("launched", ""), said.get("recognised", "")):
        if not is_year_or_day(day):
            text = _("“%(day)s” is neither a year nor a day. Write it as 2019 or 2019-05-11.")
            raise BadInput(text, day=day)
    code = slugify(said.get("acronym") or named)[:60] or new_reference().lower()
    if Association.objects.filter(code=code).exists():
        raise BadInput(_("“%(name)s” is there already; give it an acronym of its own."), name=named)
    made = Association.objects.create(code=code, name={"en": named}, **said)
    record_entry(made, "enter_association", actor=actor, now=now, changes={"name": [None, named]})
    return made


def is_year_or_day(written: str) -> bool:
    """Whether it is blank, a year, or a day that there is."""
    if not re.fullmatch(YEAR_OR_DAY, written):
        return False
    try:
        dt.date.fromisoformat(written if len(written) > 4 else f"{written or 2000}-01-01")
    except ValueError:
        return False
    return True


@transaction.atomic
def record_association_state(
    *,
    association: Association,
    state: str,
    on: dt.date,
    because: str,
    actor: Actor,
    now: dt.datetime,
) -> AssociationEvent:
    """From a day on it is dormant, active again, or closed for good.

    Refuses what is so already, a day to come or before what was recorded last, and anything after
    its end.
    """
    may_keep_associations(actor, now).require()
    reason = required_reason(because, _("Say why; everybody reads it."), 500)
    locked = Association.objects.select_for_update().get(pk=association.pk)
    if state not in AssociationState.values:
        raise BadInput(_("Choose one of the answers in the list."))
    last = locked.events.order_by("on", "pk").last()
    if last is not None and last.state == AssociationState.CLOSED:
        raise BadInput(_("It was closed; one that begins anew is entered anew."))
    if on > alliance_day(now) or (last is not None and on < last.on):
        raise BadInput(_("Give a day until today, and not before what was recorded last."))
    if state_on(last) == state:
        raise BadInput(_("That is so already."))
    event = AssociationEvent.objects.create(
        association=locked, state=state, on=on, because=reason, recorded_at=now
    )
    changes = {"state": [state_on(last), state], "on": on.isoformat()}
    record_entry(
        locked, "record_association_state", actor=actor, now=now, changes=changes, because=reason
    )
    return event


@transaction.atomic
def add_association_group(
    *, association: Association, name: str, on: dt.date, actor: Actor, now: dt.datetime
) -> AssociationGroup:
    """It has a working group from a day on. Refuses one without a name, and one that is there."""
    may_keep_associations(actor, now).require()
    named = clean_line(name)
    locked = Association.objects.select_for_update().get(pk=association.pk)
    if not named:
        raise BadInput(_("Give the working group a name."))
    if locked.groups.filter(name=named, ends_on__isnull=True).exists():
        raise BadInput(_("There is a working group of this name already."))
    made = locked.groups.create(name=named, starts_on=on)
    record_entry(
        locked, "add_association_group", actor=actor, now=now, changes={"group": [None, named]}
    )
    return made


@transaction.atomic
def end_association_group(
    *, group: AssociationGroup, on: dt.date, actor: Actor, now: dt.datetime
) -> AssociationGroup:
    """A working group is over from a day on. Refuses one that is over, and a day before it."""
    may_keep_associations(actor, now).require()
    locked = AssociationGroup.objects.select_for_update().get(pk=group.pk)
    if locked.ends_on is not None or on < locked.starts_on:
        raise BadInput(_("This working group is over, or begins later."))
    locked.ends_on = on
    locked.save(update_fields=["ends_on"])
    record_entry(
        locked.association,
        "end_association_group",
        actor=actor,
        now=now,
        changes={"group": [locked.name, None]},
    )
    return locked
