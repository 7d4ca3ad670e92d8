"""Setting up bodies, and giving and ending mandates in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from anso.accounts.actions import create_account, require_second_factor
from anso.accounts.queries import find_account
from anso.audit.actions import record_entry
from anso.directory.models import Person
from anso.directory.queries import get_person_of
from anso.governance.enums import SECRETARIAT_KINDS, BodyKind, MandateRole
from anso.governance.models import Body, Mandate
from anso.governance.queries import alliance_day, overlapping_mandates
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line
from anso.kernel.wording import gettext_noop as _

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@transaction.atomic
def set_up_body(
    *, code: str, kind: str, name: Mapping[str, str], actor: Actor, now: dt.datetime
) -> Body:
    """Make a body that is not shipped, such as the panel of a call, with its name by language.
    Refuses a code that is taken and a kind that there is not.
    """
    if kind not in BodyKind.values:
        raise BadInput(_("There is no kind of body “%(kind)s”."), kind=kind[:40])
    if not CODE.fullmatch(code) or Body.objects.filter(code=code).exists():
        raise BadInput(
            _("“%(code)s” is taken, or is not a code of small letters, digits and hyphens."),
            code=code[:60],
        )
    called = {language: line for language, text in name.items() if (line := clean_line(text))}
    body = Body.objects.create(
        code=code,
        kind=kind,
        name=called or {settings.LANGUAGE_CODE: code},
        starts_on=alliance_day(now),
    )
    record_entry(body, "set_up_body", actor=actor, now=now)
    return body


@transaction.atomic
def give_mandate(
    *,
    email: str,
    full_name: str,
    role: str,
    body: Body,
    ends_on: dt.date | None = None,
    actor: Actor,
    now: dt.datetime,
) -> Mandate:
    """Somebody serves in a body from today on. Account and person are made where there are none;
    work for the Secretariat needs a second factor.

    Refuses a role that there is not, an end that is not later than today, a mandate that is held
    already, and a second holder of a role that one holds at a time.
    """
    if role not in MandateRole.values:
        raise BadInput(_("There is no role “%(role)s”."), role=role[:40])
    if ends_on is not None and ends_on <= alliance_day(now):
        raise BadInput(_("A mandate ends later than it begins."))
    account = find_account(email) or create_account(email=email, actor=actor, now=now)
    person = get_person_of(account)
    if person is None:
        person = Person.objects.create(
            account=account,
            full_name=clean_line(full_name) or account.email.partition("@")[0],
        )
        record_entry(person, "create_person", actor=actor, now=now)
    mandate = Mandate(
        body=body, role=role, person=person, starts_on=alliance_day(now), ends_on=ends_on
    )
    _require_free(mandate)
    if body.kind in SECRETARIAT_KINDS:
        require_second_factor(account=account, actor=actor, now=now)
    mandate.save()
    record_entry(mandate, "give_mandate", actor=actor, now=now)
    return mandate


def _require_free(mandate: Mandate) -> None:
    """Refuse in words what the database would refuse as well, also for two who act at once: the
    body is locked until the transaction ends.
    """
    Body.objects.select_for_update().get(pk=mandate.body_id)
    standing = overlapping_mandates(mandate).order_by("starts_on", "id").first()
    if standing is None:
        return
    if standing.person_id is not None and standing.person_id == mandate.person_id:
        raise BadInput(_("%(person)s holds this mandate already."), person=str(mandate.person))
    raise BadInput(
        _("%(holder)s holds this role, which one holds at a time. End that mandate first."),
        holder=str(standing.person or standing.organisation),
    )


@transaction.atomic
def end_mandate(*, mandate: Mandate, because: str = "", actor: Actor, now: dt.datetime) -> Mandate:
    """End a mandate with the day that began: the rights that follow from it end at once. One of
    today, or of a day to come, is left without a day, as if it never was.
    """
    locked = Mandate.objects.select_for_update().get(pk=mandate.pk)
    today = alliance_day(now)
    if locked.ends_on is not None and locked.ends_on <= today:
        raise BadInput(_("This mandate has ended already."))
    before, locked.ends_on = locked.ends_on, max(today, locked.starts_on)
    locked.save(update_fields=["ends_on"])
    record_entry(
        locked,
        "end_mandate",
        actor=actor,
        now=now,
        changes={"ends_on": [before, locked.ends_on]},
        because=because,
    )
    return locked
