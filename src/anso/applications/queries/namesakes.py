"""Applications of one call that may be of one person: whom to compare, what is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.applications.enums import SameWhat
from anso.applications.models import Application, Namesake
from anso.calls.models import Call
from anso.calls.queries import calls_managed_by
from anso.kernel.canonical import content_hash
from anso.kernel.likeness import Likeness, exchanged, namesakes_alike, people_alike

STANDING = ("submitted", "eligible", "ineligible", "invited", "decided")
COMPARED = ("id", "subject_name", "namesake_key", "applicant_id", "applicant__full_name")


def compared_with(application: Application) -> QuerySet[Application]:
    """The other submitted applications of its call whose birth date may be that of this one; where
    none is asked for, those of somebody of the same name and country.
    """
    key = application.namesake_key
    others = Application.objects.filter(call_id=application.call_id, state__in=STANDING)
    year, month = key[:4], key[:7]
    # Of whom only the year is known, everybody of that year; else the day, its month and year.
    is_part = Q(namesake_key=year) | Q(namesake_key=month) | Q(namesake_key__startswith=f"{key}-")
    may_be = Q(namesake_key__in=[key, *filter(None, [exchanged(key)])])
    if key[:1].isdecimal():
        may_be |= is_part
    return (
        others.filter(may_be).exclude(pk=application.pk).select_related("applicant").only(*COMPARED)
    )


def same_in(one: Application, other: Application) -> SameWhat | None:
    """In what two applications may be of one person; None where they are not alike.

    Where a kind takes several of one applicant these are theirs, and no question.
    """
    if one.applicant_id == other.applicant_id and _is_own(one) and _is_own(other):
        return None
    if not one.namesake_key[:1].isdecimal():
        return SameWhat.NAME if one.namesake_key == other.namesake_key else None
    pair = [(each.subject_name, each.namesake_key) for each in (one, other)]
    likeness = namesakes_alike(*pair)
    if likeness is Likeness.DIFFERENT:
        return None
    if likeness is Likeness.SAME:
        return SameWhat.BOTH
    is_named = people_alike(pair[0][0], pair[1][0]) is Likeness.SAME
    return SameWhat.NAME_NEAR_BIRTH if is_named else SameWhat.BIRTH_NEAR_NAME


def _is_own(application: Application) -> bool:
    names = application.subject_name, application.applicant.full_name
    return people_alike(*names) is not Likeness.DIFFERENT


def about_hash(one: Application, other: Application) -> str:
    """What was compared, as an answer remembers it."""
    told = [[each.subject_name, each.namesake_key] for each in (one, other)]
    return content_hash(sorted(told))


def _standing() -> QuerySet[Namesake]:
    found = Namesake.objects.filter(first__state__in=STANDING, second__state__in=STANDING)
    return found.select_related("first", "second", "answered_by__person")


def namesakes_of(
    applications: Collection[Application],
) -> dict[int, list[tuple[Namesake, Application]]]:
    """What stands between these applications and others, each with the other one, by key; for
    officers of their call. One statement.
    """
    keys = [each.pk for each in applications]
    found: dict[int, list[tuple[Namesake, Application]]] = {key: [] for key in keys}
    rows = _standing().filter(Q(first__in=keys) | Q(second__in=keys)).order_by("found_at", "id")
    wide = [
        f"{side}__{name}" for side in ("first", "second") for name in ("answers", "search_text")
    ]
    for each in rows.defer(*wide):
        for own, other in ((each.first, each.second), (each.second, each.first)):
            if own.pk in found:
                found[own.pk].append((each, other))
    return found


def is_asked_about() -> Q:
    """Applications with a question of namesakes that no officer has answered."""
    asked = _standing().filter(is_one_person__isnull=True)
    either = Q(first=OuterRef("pk")) | Q(second=OuterRef("pk"))
    return Q(Exists(asked.filter(either)), state__in=STANDING)


def get_namesake_for(application: Application, reference: str) -> Namesake:
    """The question with that reference about an application; 404 where there is none."""
    own = Q(first=application.pk) | Q(second=application.pk)
    namesake = _standing().filter(own, reference=reference).first()
    if namesake is None:
        raise Http404
    return namesake


def namesake_questions(account: Account, now: dt.datetime) -> Iterator[tuple[Call, int]]:
    """Running calls of this officer with how many questions of namesakes wait for an answer."""
    managed = calls_managed_by(account, now).filter(state="published")
    asked = Q(first__call__in=managed.values("pk"), is_one_person__isnull=True)
    counted = (
        _standing().filter(asked).order_by().values(call=F("first__call")).annotate(n=Count("pk"))
    )
    counts = {row["call"]: row["n"] for row in counted}
    if counts:
        yield from ((call, counts[call.pk]) for call in managed.filter(pk__in=counts))
