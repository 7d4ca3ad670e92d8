"""The tests that are run once more on the oldest PostgreSQL send every construct of SQL."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.directory import make_country
from tests.order import place_of
from tests.statements import Notes, constructs_of, covering, noting


def test_names_values_and_how_many_there_are_do_not_tell_statements_apart() -> None:
    one = constructs_of('SELECT "a"."b" FROM "a" WHERE "a"."c" IN (%s, %s) AND "a"."d" = 7', "")
    assert one == constructs_of('SELECT "e" FROM "f" WHERE "g" IN (%s) AND "h" = %s', "")
    assert one == constructs_of('SELECT "e", "i" FROM "f" WHERE "g" IN (%s) AND "h" = \'x\'', "")
    rows = constructs_of('INSERT INTO "a" ("b", "c") VALUES (%s, lower(%s)), (%s, lower(%s))', "")
    assert rows == constructs_of('INSERT INTO "a" ("b", "d") VALUES (%s, lower(%s))', "")
    assert constructs_of('SAVEPOINT "s1_x7"', "") == set()


@pytest.mark.parametrize(
    "other",
    [
        'SELECT "a" FROM "b" WHERE "c" < %s',
        'SELECT upper("a") FROM "b" WHERE "c" = %s',
        'SELECT "a"::text FROM "b" WHERE "c" = %s',
        'SELECT "a" FROM "b" WHERE "c" = %s FOR UPDATE',
        'SELECT DISTINCT "a" FROM "b" WHERE "c" = %s',
        'SELECT "a" FROM "b" WHERE NOT ("c" = %s)',
        'SELECT "a" FROM "b" WHERE "c" = %s ORDER BY 1 NULLS LAST',
    ],
)
def test_functions_operators_types_and_clauses_tell_statements_apart(other: str) -> None:
    assert constructs_of(other, "") - constructs_of('SELECT "a" FROM "b" WHERE "c" = %s', "")


def test_chosen_tests_send_everything_and_none_without_need() -> None:
    sent = {"both": {1, 2}, "one": {1}, "other": {2}, "own": {3}, "all-but-own": {1, 2, 4}}
    assert sorted(covering(sent, dict.fromkeys(sent, 1.0))) == ["all-but-own", "own"]
    dear = dict.fromkeys(sent, 0.1) | {"both": 30.0, "own": 30.0}
    assert sorted(covering(sent, dear)) == ["all-but-own", "own"]
    dear["all-but-own"] = 30.0
    assert "both" not in covering(sent, dear), "what two cheap ones send needs no dear one"
    assert covering({}, {}) == []


@pytest.mark.django_db
def test_what_is_refused_is_noted_apart() -> None:
    notes = Notes()
    notes.now = set()
    make_country("KE")
    send = noting(type(connection.cursor()).execute, notes)
    insert = "INSERT INTO directory_country SELECT * FROM directory_country WHERE code = %s"
    with connection.cursor() as cursor:
        send(cursor, insert, ["XX"])
        with pytest.raises(IntegrityError), transaction.atomic():
            send(cursor, insert, ["KE"])
    assert set(notes.kinds) == constructs_of(insert, "") | {"IntegrityError"}
    assert notes.now == set(range(len(notes.kinds)))


def test_what_two_workers_noted_is_put_together() -> None:
    notes = Notes()
    notes.add(["a", "b"], {"test_one": [0, 1]}, {"test_one": 0.5})
    notes.add(["b", "c"], {"test_two": [0, 1], "test_one": [1]}, {"test_two": 2.0})
    assert list(notes.kinds) == ["a", "b", "c"]
    assert notes.seconds == {"test_one": 0.5, "test_two": 2.0}
    assert notes.sent == {"test_one": {0, 1, 2}, "test_two": {1, 2}}


def test_what_commits_comes_last_and_mutants_before_it(request: pytest.FixtureRequest) -> None:
    places = [place_of(item) for item in request.session.items]
    assert place_of(request.node) < 2
    assert places == sorted(places)
