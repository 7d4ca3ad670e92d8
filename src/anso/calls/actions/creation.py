"""Creating a call from its programme's kind, and saying who works on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Model, Q

from anso.accounts.models import Account
from anso.audit.actions import record_entry
from anso.calls import notices
from anso.calls.actions.beginnings import (
    BROUGHT,
    Beginning,
    bring_bodies_and_hosts,
    of_edition,
    of_kind,
)
from anso.calls.actions.bodies import lay_out_bodies
from anso.calls.actions.editions import Parent, require_own_title, require_parent
from anso.calls.actions.hosts import add_host_person, lay_out_hosts
from anso.calls.actions.occasion import taken_from_proposal
from anso.calls.actions.questions import fill_question_bank
from anso.calls.actions.steps import lay_out_steps
from anso.calls.actions.telling_people import tell_of_part
from anso.calls.models import Call, CallOfficer
from anso.calls.queries.editions import (
    BEGUN_FROM,
    edition_slug,
    facts_of_proposal,
    find_selected_proposal,
    free_round_of,
)
from anso.calls.rules import may_change_officers, may_create_call, may_have_part
from anso.calls.wording.batches import batch_suffix
from anso.directory.actions import Difference, bring_rows
from anso.directory.queries import get_person_of
from anso.governance.queries import is_secretariat
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline
from anso.kernel.questions import Form
from anso.kernel.reasons import required_reason
from anso.kernel.references import call_prefix
from anso.kernel.registers import Register
from anso.kernel.terms import to_plain
from anso.kernel.wording import both, gettext_noop
from anso.programmes.catalogue import KINDS, find_kind
from anso.programmes.kinds import ProgrammeKind
from anso.programmes.models import Programme
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import owned_by


class Leaver(Protocol):
    """What becomes of what an officer looked after in a call that they leave; ``to`` is who takes
    the call over, or None.
    """

    def __call__(
        self, *, call: Call, account: Model, to: Account | None, actor: Actor, now: dt.datetime
    ) -> None:
        """Give it to the other."""


# By app.
LEAVERS: Register[Leaver] = Register("what officers leave behind in a call")
ROUND = both(", round", "، الجولة")


@dataclass(frozen=True)
class Edition:
    """Which edition of a programme a call is: its year of intake and, where they differ from the
    kind's, its days.

    Both days are included: the call opens when the first begins and closes when the last has ended,
    in the zone of the kind. A further round of the same year has a letter, which stands in its
    title, its address and the numbers of its applications. A part of another call, its ``parent``,
    or of a ``proposal`` selected there, is a call of its own in everything else.

    It begins with what its kind declares or, ``like`` an earlier edition, as that one stood;
    ``with_people`` also with whoever worked on it and answered for its hosts.
    """

    year: int
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    round: str = ""
    parent: Call | None = None
    proposal: str = ""
    like: Call | None = None
    with_people: bool = False

    @property
    def above(self) -> Parent | None:
        """The parent, or the selected proposal of it, of which the call is a part."""
        return Parent(self.parent, self.proposal) if self.parent else None


@transaction.atomic
def create_call(*, programme: Programme, edition: Edition, actor: Actor, now: dt.datetime) -> Call:
    """Create a draft call with everything its kind declares, or as an earlier edition stood: terms,
    forms, dates. Whoever creates it works on it.

    Refuses a second call of the same programme and year unless the edition has a letter of its own,
    days in the wrong order, a parent that takes no such part, and an edition of another programme
    or one that was never published.
    """
    may_create_call(actor, now).require()
    # of a double click, the second finds the call of the first
    Programme.objects.select_for_update().get(pk=programme.pk)
    kind = find_kind(programme.kind)
    if edition.above is not None:
        require_parent(programme, edition.above, actor, now)
    begun = _beginning(programme, kind, edition)
    call = _new_call(programme, kind, edition, begun, now)
    if facts := facts_of_proposal(call):
        call.design = to_plain(taken_from_proposal(begun.terms, facts))
    call.save(force_insert=True)
    lay_out_steps(call)
    _lay_out_forms(call, begun.forms, now)
    if edition.like is None:
        lay_out_bodies(call, kind)
        lay_out_hosts(call, kind)
    else:
        bring_bodies_and_hosts(call, edition.like)
    if actor.pk is not None:
        CallOfficer.objects.create(call=call, account_id=actor.pk, since_at=now)
    record_entry(
        call,
        "create_call",
        actor=actor,
        now=now,
        changes={
            "programme": [None, programme.code],
            "year": [None, edition.year],
            "round": [None, call.round or None],
            "parent": [None, str(edition.above) if edition.above else None],
            "like": [None, edition.like.reference if edition.like else None],
            "like_terms": [None, edition.like.terms_sha256 if edition.like else None],
        },
    )
    if edition.like is not None:
        for bring in BROUGHT.values():
            bring(call, edition.like, actor, now)
        if edition.with_people:
            _bring_people(call, edition.like, actor, now)
    return call


def _beginning(programme: Programme, kind: ProgrammeKind, edition: Edition) -> Beginning:
    """What the call begins with; whoever publishes it reads first what of it is of last year."""
    days = edition.opens_on, edition.closes_on
    source = edition.like
    if source is None:
        return of_kind(kind, programme.summary, edition.year, days)
    if source.programme_id != programme.pk or source.state not in BEGUN_FROM:
        text = gettext_noop("Choose an edition of this programme that was published.")
        raise BadInput(text, like=source.reference)
    return of_edition(source, edition.year, days)


def _bring_people(call: Call, source: Call, actor: Actor, now: dt.datetime) -> None:
    """Whoever worked on the source and serves in the Secretariat today, and whoever answered for
    its hosts; nobody who has another part in the call by now.
    """
    for officer in source.officers.select_related("account__person").order_by("pk"):
        person = get_person_of(officer.account)
        may = person is None or may_have_part(person, "officer", call, now)
        if may and officer.account_id != actor.pk and is_secretariat(officer.account, now):
            add_officer(call=call, account=officer.account, actor=actor, now=now)
    for host in source.hosts.prefetch_related("people").order_by("pk"):
        for person in host.people.all():
            if may_have_part(person, "host", call, now):
                add_host_person(call=call, key=host.key, person=person, actor=actor, now=now)


def _new_call(
    programme: Programme, kind: ProgrammeKind, edition: Edition, begun: Beginning, now: dt.datetime
) -> Call:
    letter, year = edition.round.upper(), edition.year
    if letter and (len(letter) > 1 or letter not in ascii_uppercase):
        raise BadInput(gettext_noop("Name a further round by one letter, such as B."), round=letter)
    slug = edition_slug(programme, year, letter)
    prefix = call_prefix(kind.number_code + letter, year)
    _require_free(programme, year, slug, prefix)
    title = {
        language: f"{words} {year}" + (f"{ROUND.in_language(language)} {letter}" * bool(letter))
        for language, words in programme.name.items()
    }
    if edition.parent is not None and edition.proposal:
        proposal = find_selected_proposal(edition.parent, edition.proposal)
        about = f": {proposal.title}" if proposal and proposal.title else ""
        title = {code: words + about for code, words in title.items()}
    if begun.terms.intake.is_rolling:
        title = {code: words + batch_suffix(begun.closes_on, code) for code, words in title.items()}
    call = Call(
        slug=slug,
        programme=programme,
        parent=edition.parent,
        proposal=edition.proposal,
        edition_year=year,
        round=letter,
        number_prefix=prefix,
        title=title,
        summary=begun.summary,
        zone=begun.zone,
        design=to_plain(begun.terms),
        created_at=now,
    )
    call.opens_at, call.closes_at = _instants(begun.opens_on, begun.closes_on, begun.zone)
    require_own_title(call)
    return call


def _require_free(programme: Programme, year: int, slug: str, prefix: str) -> None:
    """Refuse an edition that there is, or whose numbers would begin as those of another call."""
    other = Call.objects.filter(Q(slug=slug) | Q(number_prefix=prefix)).first()
    if other is None:
        return
    facts: dict[str, Any] = {
        "year": year,
        "number": other.number_prefix,
        "letter": free_round_of(programme, year),
    }
    if not facts["letter"]:
        raise BadInput(gettext_noop("No letter is left for a further round in %(year)s."), **facts)
    if other.slug != slug:
        text = gettext_noop(
            "Its numbers would begin with %(number)s, as those of another call do. Name it by"
            " another letter, such as %(letter)s."
        )
        raise BadInput(text, **facts)
    text = gettext_noop(
        "There is a call of this programme for %(year)s already: %(number)s. Open a further round"
        " under another letter, such as %(letter)s."
    )
    raise BadInput(text, **facts)


def _instants(opens_on: dt.date, closes_on: dt.date, zone: str) -> tuple[dt.datetime, dt.datetime]:
    # A day begins when the one before it ends, also where the clocks skip midnight.
    day_before = opens_on - dt.timedelta(days=1)
    return (
        Deadline.at_end_of(day_before, zone).closes_at,
        Deadline.at_end_of(closes_on, zone).closes_at,
    )


def _lay_out_forms(call: Call, forms: Mapping[str, Form], now: dt.datetime) -> None:
    fill_question_bank(forms.values())
    FormVersion.objects.bulk_create(
        FormVersion(
            **owned_by(call),
            purpose=purpose,
            number=1,
            definition=form.to_dict(),
            sha256=form.hash,
            created_at=now,
        )
        for purpose, form in forms.items()
    )


@transaction.atomic
def add_officer(*, call: Call, account: Model, actor: Actor, now: dt.datetime) -> CallOfficer:
    """Let one more person of the Secretariat work on the call. Adding somebody twice changes
    nothing.
    """
    may_change_officers(actor, call, now).require()
    person = get_person_of(account)
    if person is not None:
        may_have_part(person, "officer", call, now).require()
    officer, is_new = CallOfficer.objects.get_or_create(
        call=call, account_id=account.pk, defaults={"since_at": now}
    )
    if is_new:
        record_entry(
            call, "add_officer", actor=actor, now=now, changes={"officer": [None, str(account)]}
        )
        tell_of_part(notices.PART_GIVEN, call, person, "officer", actor=actor, now=now)
    return officer


@transaction.atomic
def hand_over_call(
    *, call: Call, account: Model, to: Account, because: str, actor: Actor, now: dt.datetime
) -> CallOfficer:
    """One officer takes a call over from another, in one step and with the reason: everything that
    waits for the one waits for the other from now on.

    Refused for people who do not serve in the Secretariat today, since nobody would run the call.
    """
    may_change_officers(actor, call, now).require()
    because = required_reason(because, gettext_noop("Say why the call is handed over."))
    if not is_secretariat(to, now):
        text = gettext_noop("%(email)s holds no mandate in the Secretariat today.")
        raise BadInput(text, email=to.email)
    # All of them: two who hand over to each other at once must not leave the call without anybody.
    officers = CallOfficer.objects.select_for_update().filter(call=call)
    if not any(each.account_id == account.pk for each in officers):
        raise BadInput(gettext_noop("This person does not work on the call."))
    officer = add_officer(call=call, account=to, actor=actor, now=now)
    if account.pk != to.pk:
        CallOfficer.objects.filter(call=call, account_id=account.pk).delete()
        _leave(call, account, to, actor, now)
        changes = {"officer": [str(account), str(to)]}
        record_entry(call, "hand_over_call", actor=actor, now=now, changes=changes, because=because)
        gone = get_person_of(account)
        tell_of_part(notices.PART_ENDED, call, gone, "officer", actor=actor, now=now)
    return officer


def _leave(call: Call, account: Model, to: Account | None, actor: Actor, now: dt.datetime) -> None:
    for pass_on in LEAVERS.values():
        pass_on(call=call, account=account, to=to, actor=actor, now=now)


@transaction.atomic
def remove_officer(*, call: Call, account: Model, actor: Actor, now: dt.datetime) -> None:
    """Let somebody no longer work on the call. The last officer cannot be removed: nobody would run
    it.
    """
    may_change_officers(actor, call, now).require()
    # All of them: of two officers who remove each other, the second finds that one is left.
    officers = list(CallOfficer.objects.select_for_update().filter(call=call))
    found = [officer for officer in officers if officer.account_id == account.pk]
    if not found:
        raise BadInput(gettext_noop("This person does not work on the call."))
    if len(officers) == 1:
        raise BadInput(gettext_noop("Add another officer first: somebody must run the call."))
    found[0].delete()
    _leave(call, account, None, actor, now)
    record_entry(
        call, "remove_officer", actor=actor, now=now, changes={"officer": [str(account), None]}
    )
    gone = get_person_of(account)
    tell_of_part(notices.PART_ENDED, call, gone, "officer", actor=actor, now=now)


@transaction.atomic
def load_programmes() -> list[Difference]:
    """Give every kind of the catalogue its programme; words that staff changed since stay, and are
    returned.
    """
    shipped = {
        kind.code: {
            "code": kind.code,
            "kind": kind.code,
            "name": kind.name.to_dict(),
            "summary": kind.summary.to_dict(),
            "division": kind.division,
        }
        for kind in KINDS.values()
    }
    brought = bring_rows(Programme.objects.all(), "programmes", shipped, known_by=["code"])
    for kind in KINDS.values():
        fill_question_bank(kind.forms().values())
    return brought.differences
