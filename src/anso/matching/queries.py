"""Who is open for matching, what both sides say in codes and days, and requests, narrowed to what
the reader may see.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Max, Q, QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.applications.models import Application, Submission
from anso.applications.queries.answers import get_submitted_form, submitted_facts_of
from anso.applications.queries.participants import beneficial_parts_of
from anso.applications.queries.people import LISTED, parts_seen_by
from anso.awards.models import Offer
from anso.calls.models import Call
from anso.calls.queries import calls_on_desk_of, get_terms
from anso.directory.models import Person
from anso.kernel.periods import Deadline, day_of
from anso.kernel.questions import Audience, Meaning, meanings_read_by
from anso.matching.models import MatchRequest
from anso.programmes.outcomes import Pairing
from anso.selection.pairing import Offered, Part, Points, Seeker, Shortlist
from anso.selection.record import Record, run_method

SHORTLIST, PAIRS = "shortlist/1", "pairs/1"
STANDING = ("asked", "accepted")
# Whom somebody asked before and does not ask again: it would be the same answer.
NOT_AGAIN = ("asked", "accepted", "declined", "released")
MATCHED = frozenset({Audience.MATCHED})
OFFSET = re.compile(r"([+-])(\d\d):(\d\d)", re.ASCII)
NO_BEGINNING, NO_END = "0001-01-01", "9999-12-31"


def pairing_of(call: Call) -> Pairing | None:
    """What a call says of matching; None where it gives something else."""
    part = get_terms(call).outcome
    return part if isinstance(part, Pairing) else None


def open_entries() -> QuerySet[Application]:
    """Everything that is open for matching: selected, and the offer of that accepted."""
    accepted = Offer.objects.filter(state="accepted").values("application_id")
    found = Application.objects.filter(pk__in=accepted, state="decided")
    return found.select_related("call__programme", "applicant__account", "submission__form_version")


def is_open(application: Application) -> bool:
    """Whether it is open for matching."""
    return pairing_of(application.call) is not None and (
        open_entries().filter(pk=application.pk).exists()
    )


def submission_of(application: Application) -> Submission:
    """What was submitted: nothing else is ever open for matching."""
    return cast("Submission", application.submission)


def requests_found(condition: Q) -> QuerySet[MatchRequest]:
    """Requests with both sides, the newest first."""
    sides = [f"{side}__{what}" for side in ("asking", "asked") for what in (
        "call__programme", "applicant__account", "submission__form_version",
    )]  # fmt: skip
    return MatchRequest.objects.filter(condition).select_related(*sides).order_by("-asked_at", "id")


def requests_of(application: Application) -> list[MatchRequest]:
    """All requests that one entry made or got."""
    return list(requests_found(Q(asking=application) | Q(asked=application)))


def requests_of_call(call: Call) -> QuerySet[MatchRequest]:
    """All requests that entries of a call made or got."""
    return requests_found(Q(asking__call=call) | Q(asked__call=call))


def _own(account: Account) -> QuerySet[Any, Any]:
    return beneficial_parts_of(account).values("application_id")


def requests_about(account: Account, person: Person, now: dt.datetime) -> QuerySet[MatchRequest]:
    """The requests that a person made or got, as far as the account reads of them on its desk."""
    parts = parts_seen_by(account, now).filter(person=person, role__in=LISTED)
    seen = parts.values("application")
    return requests_found(Q(asking__in=seen) | Q(asked__in=seen))


def get_own_entry_for(account: Account, reference: str) -> Application:
    """One's own entry that is open for matching, or was and has requests; Http404 for everybody
    else.
    """
    own = Application.objects.filter(reference=reference, pk__in=_own(account))
    found = own.select_related("call__programme", "applicant__account", "submission").first()
    if found is None or pairing_of(found.call) is None:
        raise Http404("no such entry")
    if not is_open(found) and not requests_of(found):
        raise Http404("not open for matching")
    return found


def get_request_for(account: Account, reference: str, now: dt.datetime) -> MatchRequest:
    """A request of either side's people and of officers of either call; Http404 for others."""
    own, desk = _own(account), calls_on_desk_of(account, now).order_by().values("pk")
    seen = Q(asking__in=own) | Q(asked__in=own)
    seen |= Q(asking__call__in=desk) | Q(asked__call__in=desk)
    found = requests_found(seen & Q(reference=reference)).first()
    if found is None:
        raise Http404("no such request")
    return found


def own_entries_of(account: Account) -> list[Application]:
    """What of somebody's own is open for matching."""
    found = open_entries().filter(pk__in=_own(account)).order_by("id")
    return [each for each in found if pairing_of(each.call) is not None]


def seeking_nobody(account: Account) -> list[Application]:
    """What of somebody's own seeks somebody, with no request that stands."""
    own = [each for each in own_entries_of(account) if _seeks(each)]
    standing = MatchRequest.objects.filter(asking__in=own, state__in=STANDING)
    busy = set(standing.values_list("asking_id", flat=True))
    return [each for each in own if each.pk not in busy]


def _seeks(application: Application) -> bool:
    part = pairing_of(application.call)
    return part is not None and bool(part.seeks)


def requests_to_answer(account: Account) -> QuerySet[MatchRequest]:
    """What somebody is asked and has not answered."""
    return requests_found(Q(asked__in=_own(account), state="asked"))


def requests_without_answer(now: dt.datetime) -> list[MatchRequest]:
    """Requests whose day has passed, and those of which a side is open no more."""
    still = open_entries().values("pk")
    gone = ~Q(asking__in=still) | ~Q(asked__in=still)
    return list(requests_found(Q(state="asked") & (Q(answer_by__lte=now) | gone)))


def count_open(application: Application) -> int:
    """How many requests of one entry, made or got, wait for an answer."""
    either = Q(asking=application) | Q(asked=application)
    return MatchRequest.objects.filter(either, state="asked").count()


def free_place_of(request: MatchRequest) -> int | None:
    """The first place of whoever is asked that no match holds; None where all are held."""
    matches = MatchRequest.objects.filter(asked=request.asked_id, state="accepted")
    held = set(matches.values_list("place", flat=True))
    places = range(1, request.capacity + 1)
    return next((place for place in places if place not in held), None)


def answer_by(asked: Application, now: dt.datetime) -> dt.datetime:
    """The end of the last day on which whoever is asked may answer, by the terms of their call."""
    part = pairing_of(asked.call)
    days = part.answer_days if part is not None and part.answer_days else 1
    last_day = day_of(now, asked.call.zone) + dt.timedelta(days=days)
    return Deadline.at_end_of(last_day, asked.call.zone).closes_at


@dataclass(frozen=True)
class Profile:
    """What an entry says of itself, in codes and days, as those read it whom it may be matched
    with.
    """

    fields: frozenset[str]
    languages: frozenset[str]
    ways: frozenset[str]
    zones: tuple[int, ...]
    first_day: str
    last_day: str
    capacity: int

    def plain(self) -> dict[str, Any]:
        """What a shortlist compares."""
        names = ("fields", "languages", "ways", "zones", "first_day", "last_day")
        return {name: getattr(self, name) for name in names}


def profiles_of(applications: Sequence[Application]) -> dict[int, Profile]:
    """The profiles of many entries, by their keys."""
    return {key: _profile(facts) for key, facts in facts_told_by(applications).items()}


def facts_told_by(applications: Sequence[Application]) -> dict[int, dict[str, Any]]:
    """What many entries tell those whom they may be matched with: meaning to answer, by the key of
    the entry.
    """
    facts, found = submitted_facts_of(applications), {}
    for each in applications:
        told = meanings_read_by(get_submitted_form(submission_of(each)), MATCHED)
        answered = facts.get(each.pk, {}).items()
        found[each.pk] = {key: value for key, value in answered if Meaning(key) in told}
    return found


def _profile(facts: Mapping[str, Any]) -> Profile:
    # Whoever typed the two days the wrong way round meant the days between them.
    first, last = sorted(
        (
            str(facts.get(Meaning.FROM_DAY) or NO_BEGINNING),
            str(facts.get(Meaning.UNTIL_DAY) or NO_END),
        )
    )
    return Profile(
        fields=frozenset(_codes(facts.get(Meaning.EXPERTISE))),
        languages=frozenset(_codes(facts.get(Meaning.LANGUAGES))),
        ways=frozenset(_codes(facts.get(Meaning.WAYS))),
        zones=tuple(_minutes(facts.get(Meaning.TIME_ZONES))),
        first_day=first,
        last_day=last,
        capacity=int(facts.get(Meaning.CAPACITY) or 1),
    )


def _codes(answer: Any) -> list[str]:
    if not answer:
        return []
    return [str(each) for each in answer] if isinstance(answer, list) else [str(answer)]


def _minutes(answer: Any) -> list[int]:
    """Minutes before or after UTC of zones that are written as offsets."""
    found = (OFFSET.fullmatch(each) for each in _codes(answer))
    return [
        (-1 if each[1] == "-" else 1) * (int(each[2]) * 60 + int(each[3])) for each in found if each
    ]


def points_of(part: Pairing) -> Points:
    """What counts how much on a shortlist of a call."""
    return Points(**{each.value: part.points.get(each.value, 0) for each in Part})


@dataclass(frozen=True)
class Drawn:
    """A shortlist of now with its record, and the entries that it names by their numbers."""

    shortlist: Shortlist
    record: Record
    entries: Mapping[str, Application]
    profiles: Mapping[int, Profile]


def draw_shortlist(asking: Application, now: dt.datetime) -> Drawn:
    """Whom an entry may ask now, in which order and why. Nobody is on it whom it asked before, and
    nobody who wrote both.
    """
    part = cast("Pairing", pairing_of(asking.call))  # who may ask has one
    before = MatchRequest.objects.filter(asking=asking, state__in=NOT_AGAIN).values("asked_id")
    pool = list(_pool(part).exclude(pk__in=before).exclude(applicant_id=asking.applicant_id))
    profiles = profiles_of([asking, *pool])
    inputs = {
        "seeker": _seeker(asking, profiles, now, _since([asking])),
        "offered": _offered(pool, profiles, now),
        "points": points_of(part),
    }
    run = run_method(SHORTLIST, inputs, seed=asking.call.terms_sha256)
    return Drawn(run.answer, run.record, {each.number: each for each in pool}, profiles)


def _pool(part: Pairing) -> QuerySet[Application]:
    return open_entries().filter(call__programme__kind=part.seeks).order_by("id")


@dataclass(frozen=True)
class Proposed:
    """A proposal of pairs for all entries of a call that have no match, with its record."""

    record: Record
    pairs: Sequence[Any]
    holds: bool
    entries: Mapping[str, Application]


def propose_pairs(call: Call, now: dt.datetime) -> Proposed | None:
    """What would be best for all that seek in a call, and stable; None where nobody seeks."""
    part = pairing_of(call)
    matched = MatchRequest.objects.filter(state="accepted").values("asking_id")
    seeking = list(open_entries().filter(call=call).exclude(pk__in=matched).order_by("id"))
    if part is None or not part.seeks or not seeking:
        return None
    pool = list(_pool(part))
    profiles, since = profiles_of([*seeking, *pool]), _since(seeking)
    inputs = {
        "seekers": [_seeker(each, profiles, now, since) for each in seeking],
        "offered": _offered(pool, profiles, now),
        "points": points_of(part),
    }
    run = run_method(PAIRS, inputs, seed=call.terms_sha256)
    entries = {each.number: each for each in (*seeking, *pool)}
    return Proposed(run.record, run.answer.pairs, run.answer.certificate.holds, entries)


def _seeker(
    asking: Application,
    profiles: Mapping[int, Profile],
    now: dt.datetime,
    since: Mapping[int, dt.datetime],
) -> Seeker:
    waited = _days_until(now, since.get(asking.pk))
    return Seeker(asking.number, waiting_days=waited, **profiles[asking.pk].plain())


def _offered(
    pool: Sequence[Application], profiles: Mapping[int, Profile], now: dt.datetime
) -> list[Offered]:
    standing = Counter(
        MatchRequest.objects.filter(asked__in=pool, state__in=STANDING).values_list(
            "asked_id", "state"
        )
    )
    since = _since(pool)
    return [
        Offered(
            each.number,
            waiting_days=_days_until(now, since.get(each.pk)),
            free=_free(each, profiles[each.pk].capacity, standing),
            **profiles[each.pk].plain(),
        )
        for each in pool
    ]


def _free(asked: Application, capacity: int, standing: Counter[tuple[int, str]]) -> int:
    """For how many tasks there is room; for none while as many requests wait as may."""
    part = pairing_of(asked.call)
    most_open = part.most_open if part is not None else 0
    if standing[asked.pk, "asked"] >= most_open:
        return 0
    return max(0, capacity - standing[asked.pk, "accepted"])


def _since(applications: Iterable[Application]) -> dict[int, dt.datetime]:
    """Since when each waits: it was opened for matching, or its last match ended."""
    keys = [each.pk for each in applications]
    opened = Offer.objects.filter(application__in=keys, answered_at__isnull=False)
    accepted = opened.filter(state="accepted").values_list("application_id", "answered_at")
    found = {key: cast("dt.datetime", at) for key, at in accepted}
    for side in ("asking_id", "asked_id"):
        ended = MatchRequest.objects.filter(**{f"{side}__in": keys}, state="ended")
        for key, at in ended.values_list(side).annotate(at=Max("closed_at")).order_by():
            found[key] = max(at, found.get(key, at))
    return found


def _days_until(now: dt.datetime, since: dt.datetime | None) -> int:
    return max(0, (now - since).days) if since is not None else 0
