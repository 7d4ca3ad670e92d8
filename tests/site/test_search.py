"""Every list that can be searched finds a name however it is accented, by an index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from django.db import connection
from django.db.models import Model, QuerySet

from anso.applications.models import Application
from anso.applications.queries import desk
from anso.decisions.models import Placement, SelectionRun
from anso.decisions.queries import placements_of
from anso.directory.models import Organisation
from anso.governance.models import Membership
from anso.governance.queries import find_members
from anso.kernel.names import search_text
from anso.kernel.references import new_reference
from anso.notifications.models import Message
from anso.notifications.queries import OutboxFilter, messages_matching
from anso.review.queries import applications_to_review
from tests.factories.applications import NOW
from tests.factories.calls import step_of
from tests.factories.directory import make_organisation
from tests.factories.governance import make_membership
from tests.factories.notifications import make_message
from tests.factories.review import make_eligible_application

pytestmark = pytest.mark.django_db
Row = TypeVar("Row", bound=Model)
MANY = 3_000
SPELLINGS = {
    "María Quispe": ("maria quispe", "MARÍA", "Quispe María"),
    "Đặng Minh Châu": ("dang minh chau", "Đặng", "châu đặng", "Minh Chau"),
    "محمّد الهاشمي": ("محمد", "الهاشمى", "مُحَمَّد الهاشمي"),
    "Рустам Каримов": ("рустам", "КАРИМОВ", "rustam"),
    "李雨桐": ("李雨", "雨桐", "Li Yutong"),
}


def like(row: Row, **changes: Any) -> Row:
    """Another row with the same columns but for these."""
    columns = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    columns |= {"reference": new_reference()} if "reference" in columns else {}
    return type(row)(**(columns | changes))


@dataclass(frozen=True)
class Listed:
    """A list that can be searched: its rows, how one row is named, and the index that answers."""

    add: Callable[[list[str]], None]
    search: Callable[[str], QuerySet[Any]]
    name_of: Callable[[Any], str]
    index: str


def crowd(first: Application) -> Callable[[list[str]], None]:
    """Adds applications under names to the call of the first one, all of one applicant."""

    def add(names: list[str]) -> None:
        start = Application.objects.count()
        Application.objects.bulk_create(
            like(
                first,
                number=f"X99-{number:05}",
                ordinal=number,
                subject_name=name,
                search_text=search_text(f"X99-{number:05}", name, "Salt", "one@example.org"),
            )
            for number, name in enumerate(names, start + 1)
        )

    return add


def applications() -> Listed:
    """The officers' long list."""
    first = make_eligible_application()
    found = Application.objects.filter(call=first.call)
    return Listed(
        crowd(first),
        lambda text: desk.applications_matching(found, desk.ListFilter(text=text)),
        lambda row: row.subject_name,
        "applications_search_trgm",
    )


def assignments() -> Listed:
    """The list of applications to be reviewed."""
    first = make_eligible_application()
    return Listed(
        crowd(first),
        lambda text: desk.found_by(applications_to_review(first.call, NOW), text),
        lambda row: row.subject_name,
        "applications_search_trgm",
    )


def ranking() -> Listed:
    """The places of a selection."""
    first = make_eligible_application()
    run = SelectionRun.objects.create(
        call=first.call, step=step_of(first.call, "review"), number=1, record={}, computed_at=NOW
    )
    add_applications = crowd(first)

    def add(names: list[str]) -> None:
        add_applications(names)
        unplaced = Application.objects.filter(placements=None)
        Placement.objects.bulk_create(
            Placement(
                run=run, application=each, rank=each.ordinal, review_count=3, result="waiting"
            )
            for each in unplaced
        )

    return Listed(
        add,
        lambda text: placements_of(run, text=text),
        lambda row: row.application.subject_name,
        "applications_search_trgm",
    )


def outbox() -> Listed:
    """Mail that waits, was sent, or came back."""
    usual = make_message()

    def add(names: list[str]) -> None:
        start = Message.objects.count()
        Message.objects.bulk_create(
            like(
                usual,
                dedupe_key=f"many:{number}",
                recipient_label=name,
            )
            for number, name in enumerate(names, start)
        )

    return Listed(
        add,
        lambda text: messages_matching(Message.objects.all(), OutboxFilter(text=text)),
        lambda row: row.recipient_label,
        "notifications_search_trgm",
    )


def members() -> Listed:
    """Members of the alliance."""
    usual = make_membership(make_organisation())

    def add(names: list[str]) -> None:
        start = Membership.objects.count()
        made = Organisation.objects.bulk_create(
            like(usual.organisation, name=name) for name in names
        )
        Membership.objects.bulk_create(
            like(usual, organisation_id=each.pk, number=1000 + number)
            for number, each in enumerate(made, start)
        )

    return Listed(
        add,
        lambda text: find_members(NOW.date(), words=text),
        lambda row: row.organisation.name,
        "directory_organisation_search",
    )


LISTS = [applications, assignments, ranking, outbox, members]


@pytest.fixture(params=LISTS, ids=lambda make: make.__name__)
def listed(request: pytest.FixtureRequest) -> Listed:
    """Each list, with one row for each name."""
    made = request.param()
    made.add(list(SPELLINGS))
    return made


def test_a_name_is_found_by_its_bare_and_by_its_accented_spelling(listed: Listed) -> None:
    for name, spellings in SPELLINGS.items():
        for typed in (name, *spellings):
            assert [listed.name_of(row) for row in listed.search(typed)] == [name], typed
    assert not listed.search("nobody of this name").exists()
    assert not listed.search("%_").exists()
    assert listed.search("  ").count() > len(SPELLINGS)


def test_a_search_among_many_reads_the_index_and_not_the_rows(listed: Listed) -> None:
    listed.add([f"Somebody Number {number}" for number in range(MANY)])
    with connection.cursor() as cursor:
        # As autovacuum leaves a table that was filled some time ago.
        cursor.execute("SELECT gin_clean_pending_list(%s)", [listed.index])
        cursor.execute("ANALYZE")
    plan = listed.search("Đặng châu").explain()
    assert listed.index in plan, plan
