"""The officers' long list: filters, counts, pages and export rows, each answered by an index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    Count,
    Exists,
    Func,
    JSONField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import cached_property

from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import IS_GIVEN, NAME_KEYS, Application, EligibilityCheck, Letter
from anso.applications.queries.eligibility import latest_checks
from anso.applications.queries.namesakes import is_asked_about
from anso.applications.queries.readers import facts_kept_from
from anso.applications.queries.visibility import applications_visible_to
from anso.calls.models import Call
from anso.calls.queries import calls_on_desk_of
from anso.database.search import has_words
from anso.kernel.eligibility import OPEN

PAGE_SIZE = 50
LAST_PAGE = 200
SORTS: dict[str, tuple[str, ...]] = {
    "number": ("number",),
    "-number": ("-number",),
    "submitted": ("submitted_at", "-id"),
    "-submitted": ("-submitted_at", "id"),
    "name": ("name_key", "id"),
    "-name": ("-name_key", "-id"),
    "country": ("country_place", "number"),
    "-country": ("-country_place", "-number"),
}
SHOWN = (
    "id", "reference", "number", "state", "category", "first_preference", "country", "title",
    "subject_name", "eligibility", "started_at", "submitted_at", "screening_reason", "revision",
    "submitted_revision", "applicant__account_id", "call_id", "lacks", "owner_id", "flags",
)  # fmt: skip
# The parts of a filter that stand in an address under their own names; the text is called ``q``.
NARROWING = (
    "state", "level", "host", "country", "standing", "sort", "letters", "owner", "flag", "alike",
)  # fmt: skip
OF_OFFICERS = ("owner", "flag", "alike")  # what nobody else may narrow a list by


@dataclass(frozen=True)
class ListFilter:
    """How a reader narrowed the list; blank means all. ``text`` is looked for in number, name,
    title and address. ``letters`` is what is lacking: ``none``, ``any``, or the code of one; before
    the submission too, ``no_letter`` where none was given and ``waited_for`` where somebody has not
    answered. ``owner`` is the reference of an account, or ``none``. ``alike`` is anything where
    only those are wanted of whom an officer is asked whether they are one person.
    """

    state: str = ""
    level: str = ""
    host: str = ""
    country: str = ""
    standing: str = ""
    text: str = ""
    sort: str = ""
    language: str = "en"  # of the reader: names sort by it
    countries: tuple[str, ...] = ()  # codes in the order of their names in it
    letters: str = ""
    owner: str = ""
    flag: str = ""
    alike: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str], **fixed: Any) -> ListFilter:
        """A filter as it stands in an address or was kept: what was left out is open."""
        given = {name: asked.get(name, "")[:40] for name in NARROWING}
        return cls(**(given | {"text": asked.get("q", "")[:100]} | fixed))

    @property
    def columns(self) -> dict[str, str]:
        """The columns to compare, those left open left out."""
        wanted = {
            "state": self.state,
            "category": self.level,
            "first_preference": self.host,
            "country": self.country,
            "eligibility": self.standing,
        }
        return {column: value for column, value in wanted.items() if value}

    @property
    def kept(self) -> Q:
        """Whose file it is, and what officers keep in mind or are asked about it."""
        asked = Q(flags__contains=[self.flag]) if self.flag else Q()
        asked &= is_asked_about() if self.alike else Q()
        if self.owner == "none":
            return asked & Q(owner__isnull=True)
        return asked & Q(owner__reference=self.owner) if self.owner else asked

    @property
    def lacking(self) -> Q:
        """Which required letters may be lacking."""
        if not self.letters:
            return Q()
        own = Letter.objects.filter(application=OuterRef("pk"))
        if self.letters == "no_letter":
            return Q(~Exists(own.filter(IS_GIVEN)))
        if self.letters == "waited_for":
            return Q(Exists(own.filter(state__in=WAITED_FOR)))
        if self.letters in ("none", "any"):
            is_complete = Q(lacks=[], submitted_at__isnull=False)
            return is_complete if self.letters == "none" else ~Q(lacks=[])
        return Q(lacks__contains=[self.letters])


def applications_matching(
    found: QuerySet[Application], wanted: ListFilter
) -> QuerySet[Application]:
    """The applications that match a filter, in the order asked for, without the answers
    themselves.
    """
    chosen = narrowed(found, wanted).select_related("applicant").only(*SHOWN)
    return in_order_of(chosen, wanted)


def in_order_of(found: QuerySet[Application], wanted: ListFilter) -> QuerySet[Application]:
    """The applications in the order asked for, as the reader reads what is shown: names by the key
    of their language, countries by their names in it.
    """
    if wanted.sort.endswith("country"):
        # Looked up in one value, which halves each time: asking code by code compares every row of
        # a call with a hundred of them.
        places = Value({code: place for place, code in enumerate(wanted.countries)}, JSONField())
        place = Func(places, "country", function="jsonb_extract_path_text")
        last = Value(len(wanted.countries))
        found = found.annotate(country_place=Coalesce(Cast(place, SmallIntegerField()), last))
    own_key = NAME_KEYS.get(wanted.language, "name_key")
    order = SORTS.get(wanted.sort, SORTS["number"])
    return found.order_by(*(each.replace("name_key", own_key) for each in order))


@dataclass(frozen=True)
class Facets:
    """How many applications match in each state and from each country, whatever state and country
    the filter names.
    """

    rows: tuple[tuple[str, str | None, int], ...]
    wanted: ListFilter

    @property
    def by_state(self) -> dict[str, int]:
        """State to number, from the country that the filter names."""
        counts: dict[str, int] = {}
        for state, country, count in self.rows:
            if self.wanted.country in ("", country):
                counts[state] = counts.get(state, 0) + count
        return counts

    @property
    def by_country(self) -> dict[str, int]:
        """Country to number, in the state that the filter names."""
        counts: dict[str, int] = {}
        for state, country, count in self.rows:
            if country and self.wanted.state in ("", state):
                counts[country] = counts.get(country, 0) + count
        return counts


def count_facets(found: QuerySet[Application], wanted: ListFilter) -> Facets:
    """Count for chips, countries and pages: one grouped query that an index answers."""
    rest = narrowed(found, replace(wanted, state="", country=""))
    return Facets(
        tuple(rest.order_by().values_list("state", "country_id").annotate(count=Count("*"))), wanted
    )


def narrowed(found: QuerySet[Application], wanted: ListFilter) -> QuerySet[Application]:
    """Those of the applications that match a filter, in no order."""
    return found_by(found.filter(wanted.lacking, wanted.kept, **wanted.columns), wanted.text)


def desk_applications_found(account: Model, text: str, now: dt.datetime) -> QuerySet[Application]:
    """The applications in the calls on somebody's desk that a text finds, newest first."""
    on_desk = calls_on_desk_of(account, now).order_by().values("pk")
    seen = applications_visible_to(account, now).filter(call_id__in=on_desk)
    return found_by(seen, text)


def found_by(found: QuerySet[Any], text: str) -> QuerySet[Any]:
    """The applications in whose number, name, title or address all words of a text occur, in any
    order and however they are accented.
    """
    return found.filter(has_words(text))


class CountedPaginator(Paginator):
    """Pages of a list whose length is known already; pages after ``last_page`` are reached by
    narrowing the filter.

    A page is found by its keys first, which an index alone can tell, and only its own rows are
    read, as ``rows`` gives them.
    """

    def __init__(
        self,
        found: QuerySet[Any],
        count: int,
        *,
        rows: QuerySet[Any],
        per_page: int = PAGE_SIZE,
        last_page: int | None = None,
    ) -> None:
        super().__init__(found, per_page)
        self.found, self.rows = found, rows
        self.known_count, self.last_page = count, last_page

    @cached_property
    def count(self) -> int:
        """How many there are in all."""
        return self.known_count

    @cached_property
    def num_pages(self) -> int:
        """How many pages can be turned."""
        pages = max(1, -(-self.known_count // self.per_page))
        return min(self.last_page or pages, pages)

    def page(self, number: int | str) -> Page[Any]:
        """The rows of one page, in order."""
        valid = self.validate_number(number)
        first = (valid - 1) * self.per_page
        keys = list(self.found.values_list("pk", flat=True)[first : first + self.per_page])
        rows = {row.pk: row for row in self.rows.filter(pk__in=keys)}
        return Page([rows[key] for key in keys if key in rows], valid, self)


def get_list_page(
    found: QuerySet[Application], wanted: ListFilter, facets: Facets, number: str
) -> Page[Application]:
    """One page of the list; a number that makes no sense gives the first or last page."""
    counts = facets.by_state
    count = counts.get(wanted.state, 0) if wanted.state else sum(counts.values())
    rows = Application.objects.select_related("applicant").only(*SHOWN)
    ordered = in_order_of(narrowed(found, wanted), wanted)
    pages = CountedPaginator(ordered, count, rows=rows, last_page=LAST_PAGE)
    return pages.get_page(number or 1)


def export_ids(found: QuerySet[Application], wanted: ListFilter) -> Iterator[int]:
    """Exactly the filtered list in its order, one key after the other, never all in memory."""
    ordered = in_order_of(narrowed(found, wanted), wanted).values_list("pk", flat=True)
    # From a cursor of the database: a call of two hundred thousand is written while it is read.
    yield from ordered.iterator(chunk_size=2000)


@dataclass(frozen=True)
class CheckedApplication:
    """One application in screening with what the rules found: rules not met, rules that only an
    officer can judge or that lack a fact, and rules that an officer answered. ``seen`` is None
    where the value comes from an answer that is not the reader's.
    """

    application: Application
    check: EligibilityCheck | None
    failed: tuple[dict[str, Any], ...]
    unknown: tuple[dict[str, Any], ...]
    answered: tuple[dict[str, Any], ...]


def checks_visible_to(
    account: Model, call: Call, applications: list[Application], now: dt.datetime
) -> list[CheckedApplication]:
    """Applications of a call beside the latest check of the rules on each, as this person reads
    it: results and limits for all staff, the value that a rule saw for readers of that answer.
    """
    checks = latest_checks([each.pk for each in applications])
    kept = facts_kept_from(account, call, now)
    return [_checked(each, checks.get(each.pk), kept) for each in applications]


def _checked(
    application: Application, check: EligibilityCheck | None, kept: frozenset[str]
) -> CheckedApplication:
    required = [
        judged if kept.isdisjoint(judged["reads"]) else judged | {"seen": None}
        for judged in (check.verdict["judged_rules"] if check else [])
        if judged["rule"].get("standard", "required") == "required"
    ]
    return CheckedApplication(
        application,
        check,
        tuple(judged for judged in required if judged["result"] == "not_met"),
        tuple(judged for result in OPEN for judged in required if judged["result"] == result),
        tuple(judged for judged in required if "answer" in judged),
    )
