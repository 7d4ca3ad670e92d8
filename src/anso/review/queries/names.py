"""The list of names about which reviewers of a call are asked before they are given files: whom the
files concern, among at least as many others.

Which names are of the files nobody can tell from the list: not from a row, nor from the order, nor
by repeating how the others were chosen, which hangs on the secret of the house. A name that was on
it stays, also when its file is withdrawn: whoever compares two lists must learn nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.crypto import salted_hmac

from anso.accounts.models import Account
from anso.applications.models import Letter, Participant
from anso.calls.models import Call
from anso.calls.queries import calls_managed_by
from anso.calls.queries.steps import entry_of, window_deadline
from anso.directory.models import Organisation, Person
from anso.kernel.invented_names import invented_organisations, invented_people
from anso.kernel.likeness import organisation_key
from anso.kernel.names import is_found, search_parts, search_text
from anso.kernel.participants import parties
from anso.review.models import Assignment, DeclaredName, ListedName, Reviewer
from anso.review.queries.conflict_facts import listed_keys, name_key
from anso.review.queries.reading import get_review_step

FEWEST_OTHERS = 10
JUDGED_OR_SO = ("submitted", "eligible", "invited")


@dataclass(frozen=True)
class NamesState:
    """How far a call is with its list: how many names, whether somebody of the files is not on it
    yet, and how many have answered about all of them.
    """

    listed: int
    is_lacking: bool
    asked: int
    answered: int


def names_lacking(call: Call) -> dict[str, str]:
    """Whom the files of a call concern and who is not on its list yet, by key of comparison. The
    database passes over those who stand there word for word, which most do.
    """
    known = set(call.listed_names.values_list("key", flat=True))
    wanted = listed_keys(_not_word_for_word(call).order_by("id"))
    return {key: name for key, name in wanted.items() if key not in known}


def _not_word_for_word(call: Call) -> QuerySet[Participant]:
    listed = ListedName.objects.filter(call=call)
    is_new = [
        ~Q(**{column: ""}) & ~Exists(listed.filter(name=OuterRef(column)))
        for column in ("full_name", "organisation_name")
    ]
    return Participant.objects.filter(
        is_new[0] | is_new[1],
        application__call=call,
        application__state__in=JUDGED_OR_SO,
        role__in=parties(),
    )


def names_beside(call: Call, wanted: dict[str, str]) -> dict[str, str]:
    """As many others as are wanted, people and organisations each: of the directory and of other
    calls, then invented ones. Nobody who is named in a file of the call, in whatever role, nor who
    judges or works in it.
    """
    taken = _named_anywhere(call) | set(call.listed_names.values_list("key", flat=True))
    people = sum(key.startswith("p:") for key in wanted)
    found = dict(islice(_other_people(call, taken), max(people, FEWEST_OTHERS)))
    organisations = max(len(wanted) - people, FEWEST_OTHERS)
    return found | dict(islice(_other_organisations(call, taken), organisations))


def _named_anywhere(call: Call) -> set[str]:
    named = {
        key
        for rows in (Participant.objects, Letter.objects)
        for person, organisation in rows.filter(application__call=call).values_list(
            "full_name", "organisation_name"
        )
        for key in (f"p:{name_key(person)}", f"o:{organisation_key(organisation)}")
    }
    judging = call.reviewers.values_list("person__full_name", flat=True)
    working = call.officers.filter(account__person__isnull=False)
    known = (*judging, *working.values_list("account__person__full_name", flat=True))
    return named | {f"p:{name_key(name)}" for name in known}


def _other_people(call: Call, taken: set[str]) -> Iterator[tuple[str, str]]:
    known = Person.objects.exclude(parts__application__call=call).order_by("id")
    names = known.values_list("full_name", flat=True)
    yield from _drawn_from(call, taken, "p", name_key, (names.iterator(), *invented_people()))


def _other_organisations(call: Call, taken: set[str]) -> Iterator[tuple[str, str]]:
    names = Organisation.objects.order_by("id").values_list("name", flat=True)
    sources = (names.iterator(), *invented_organisations())
    yield from _drawn_from(call, taken, "o", organisation_key, sources)


def _drawn_from(
    call: Call,
    taken: set[str],
    kind: str,
    key_of: Callable[[str], str],
    sources: Iterable[Iterable[str]],
) -> Iterator[tuple[str, str]]:
    """One source after the other, each in an order that hangs on the call and the secret of the
    house: the same whenever it is asked for, and that nobody outside can repeat.
    """
    passed = {*taken, f"{kind}:"}
    for source in sources:
        free = {f"{kind}:{key_of(name)}": name for name in source}
        fresh = sorted(free.keys() - passed, key=lambda key: _lot(call, key))
        passed |= free.keys()
        yield from ((key, free[key]) for key in fresh)


def _lot(call: Call, key: str) -> str:
    return salted_hmac(
        "anso.review.names", f"{call.reference}\n{key}", algorithm="sha256"
    ).hexdigest()


def names_open_at(call: Call, now: dt.datetime) -> dt.datetime | None:
    """From when the list can be drawn: the closing of the window whose files are judged; None where
    the call has no review.
    """
    step = get_review_step(call, now)
    if step is None:
        return None
    entry = entry_of(call, step)
    return (
        window_deadline(call, entry).closes_at if entry.block == "applications" else call.closes_at
    )


def get_names_state(call: Call) -> NamesState:
    """Figures for the officer's page."""
    reviewers = call.reviewers.filter(state="accepted")
    latest = call.listed_names.aggregate(latest=Max("added_at"))["latest"]
    answered = reviewers.filter(names_answered_at__gte=latest).count() if latest else 0
    is_lacking = bool(names_lacking(call)) if latest else _not_word_for_word(call).exists()
    return NamesState(call.listed_names.count(), is_lacking, reviewers.count(), answered)


def get_asked_about_names(account: Account, reference: str) -> Reviewer:
    """The reader's own part as a reviewer of a call that has a list; Http404 otherwise."""
    own = Reviewer.objects.filter(
        reference=reference, person__account_id=account.pk, state="accepted"
    )
    found = own.select_related("call", "person").first() if account.pk else None
    if found is None or not found.call.listed_names.exists():
        raise Http404("nothing is asked")
    return found


def names_on_list(call: Call, text: str = "") -> list[ListedName]:
    """The list, or those of it in which all words of a text occur."""
    wanted = search_parts(text)
    names = call.listed_names.order_by("is_organisation", "id")
    return [each for each in names if is_found(wanted, search_text(each.name, names=[each.name]))]


def names_declared(reviewer: Reviewer) -> QuerySet[DeclaredName]:
    """To whom they have said that they have a tie, by the list."""
    return reviewer.declared_names.select_related("listed").order_by("listed__name", "id")


def has_files(reviewer: Reviewer) -> bool:
    """Whether they were given anything to judge."""
    return reviewer.assignments.exclude(state="cancelled").exists()


def lists_of(account: Account) -> list[Reviewer]:
    """Where a person reviews and is, or was, asked about a list of names."""
    own = Reviewer.objects.filter(person__account_id=account.pk, state="accepted")
    asked = own.filter(call__state="published", call__listed_names__isnull=False).distinct()
    return list(asked.select_related("call").order_by("id"))


def unanswered_lists_of(account: Account) -> list[Reviewer]:
    """Where a person has agreed to review and has not answered about all names yet."""
    own = Reviewer.objects.filter(
        person__account=account, state="accepted", call__state="published"
    )
    latest = own.annotate(latest=Max("call__listed_names__added_at")).filter(latest__isnull=False)
    waiting = latest.filter(
        Q(names_answered_at__isnull=True) | Q(names_answered_at__lt=F("latest"))
    )
    return list(waiting.select_related("call").order_by("id"))


def late_ties_to_settle(account: Account, now: dt.datetime) -> list[Assignment]:
    """Files in hands of reviewers who declared afterwards that they have a tie to somebody whom
    they concern, in the calls that an officer works on.
    """
    late = DeclaredName.objects.filter(
        is_late=True,
        withdrawn_at__isnull=True,
        reviewer__call__in=calls_managed_by(account, now).filter(state="published"),
    )
    keys: dict[int, set[str]] = {}
    for reviewer, key in late.values_list("reviewer_id", "listed__key"):
        keys.setdefault(reviewer, set()).add(key)
    given = Assignment.objects.filter(
        reviewer__in=keys, state__in=("assigned", "accepted", "submitted")
    ).select_related("application__call", "reviewer__person")
    rows: dict[int, list[Participant]] = {}
    named = Participant.objects.filter(
        application__assignments__in=given.order_by(), role__in=parties()
    ).distinct()
    for row in named:
        rows.setdefault(row.application_id, []).append(row)
    return [
        each
        for each in given.order_by("id")
        if keys[each.reviewer_id] & listed_keys(rows.get(each.application_id, ())).keys()
    ]
