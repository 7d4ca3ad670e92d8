"""Lists of rows within plain content: what of a row is changed by itself, and what stays."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from anso.kernel.faults import DesignPart
from anso.kernel.rows import (
    Column,
    ColumnKind,
    RowTable,
    cell,
    missing_languages,
    moved,
    parts_of_row,
    with_cell,
    with_parts,
)
from anso.kernel.terms import (
    Benefit,
    Host,
    LetterRule,
    LetterWords,
    Level,
    OutcomePart,
    PlaceNode,
    Terms,
    check_terms,
    to_plain,
)
from anso.kernel.terms.tables import FURTHER_RULES, LETTERS, RULES, TABLES, table_of_row
from anso.kernel.wording import Text
from anso.programmes.catalogue import KINDS
from anso.programmes.outcomes import Places

WORDS = Text({"en": "x", "ar": "س"})
COLUMNS = (
    Column("label", "Name", ColumnKind.WORDS),
    Column("terms.on", "On", ColumnKind.DAY),
    Column("values", "Values", ColumnKind.SEVERAL),
)
TABLE = RowTable("things", DesignPart.BENEFITS, "Things", "Thing", ("a", "things"), COLUMNS)


def test_each_text_in_each_language_and_every_other_cell_is_a_part() -> None:
    row = {"key": "k", "label": {"en": "One"}, "terms": {"on": "closing"}, "values": "woman"}
    parts = {"label_en": "One", "terms.on": "closing", "values": ["woman"]}
    assert parts_of_row(COLUMNS, row) == parts
    assert parts_of_row(COLUMNS, {"key": "k"}) == {"terms.on": None, "values": []}
    changed = with_parts(COLUMNS, row, {"label_ar": "واحد", "label_en": "", "terms.on": None})
    assert changed == {"key": "k", "label": {"ar": "واحد"}, "terms": {}, "values": "woman"}
    assert row["label"] == {"en": "One"}, "the row itself stays"


def test_a_cell_within_a_row_is_made_where_nothing_stood() -> None:
    assert with_cell({}, "words.request", "Please") == {"words": {"request": "Please"}}
    assert with_cell({"words": None}, "words.request", None) == {"words": {}}
    assert cell({"words": "flat"}, "words.request") is None


def test_rows_of_lists_within_lists_know_the_one_around_them() -> None:
    table = replace(TABLE, path=("rules",), inner="rules", identity="code")
    content = {
        "rules": [
            {"code": "a", "rules": [{"code": "a1"}, {"code": "a2"}]},
            {"code": "b", "rules": [{"code": "b1"}]},
        ]
    }
    rows = table.rows(content)
    assert [(row["of"], row["code"]) for row in rows] == [("a", "a1"), ("a", "a2"), ("b", "b1")]
    assert table.with_rows(content, rows) == content
    order = [row["code"] for row in moved(table, rows, "a2", -1)]
    assert order == ["a2", "a1", "b1"]
    assert moved(table, rows, "b1", -5) == rows, "it moves in its own list alone"
    given_away = [{**row, "of": "b"} if row["code"] == "a1" else row for row in rows]
    assert [len(each["rules"]) for each in table.with_rows(content, given_away)["rules"]] == [1, 2]


def test_a_path_leads_to_a_cell_of_a_row_or_to_none() -> None:
    assert TABLE.split(("a", "things", "k", "terms", "on")) == ("k", "terms.on")
    assert TABLE.split(("a", "things", "k")) is None
    assert TABLE.split(("b", "things", "k", "label")) is None
    assert RULES.split(("rules", "programme", "rules", "F3", "when")) == ("F3", "when")
    assert RULES.split(("rules", "programme", "name")) is None
    assert RULES.split(("rules",)) is None
    assert FURTHER_RULES.split(("entries_each",)) == ("further_rules", "entries_each")
    assert FURTHER_RULES.split(("rules", "programme")) is None


def test_a_language_is_missing_where_another_has_the_text() -> None:
    row = {"label": {"en": "One"}}
    assert missing_languages(COLUMNS, row, ("en", "ar", "zh")) == ("ar", "zh")
    assert missing_languages(COLUMNS, {"label": {}}, ("en", "ar")) == ()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_what_a_kind_ships_reads_back_as_it_stood_from_every_list(kind: object) -> None:
    design = to_plain(kind.terms_for(2027))  # type: ignore[attr-defined]
    for table in TABLES.values():
        rows = table.rows(design)
        assert table.with_rows(design, rows) == design
        for row in rows:
            whole = table_of_row(table, row)
            parts = parts_of_row(whole.columns, row)
            assert parts_of_row(whole.columns, with_parts(whole.columns, row, parts)) == parts


def test_a_letter_has_a_cell_for_the_host_of_each_question_and_a_rule_those_of_its_kind() -> None:
    letter = table_of_row(LETTERS, {"asked_in": ["a", "b"]})
    assert [column.about for column in letter.columns][-2:] == ["a", "b"]
    assert table_of_row(LETTERS, {}).column("hosts.a") is None
    assert table_of_row(RULES, {"kind": "unheard_of"}) == RULES
    assert table_of_row(RULES, {"kind": "age_at_most"}).column("terms.age") is not None


def placed(*nodes: PlaceNode) -> OutcomePart:
    return Places(nodes=nodes)


@pytest.mark.parametrize(
    ("terms", "fault"),
    [
        (Terms(levels=(Level("phd", Text({"ar": "س"})),)), "“phd” has no English name."),
        (
            Terms(outcome=placed(PlaceNode("a", WORDS, 1, host="MIT"))),
            "“MIT” is nothing that people choose",
        ),
        (Terms(benefits=(Benefit("b", WORDS, WORDS, Decimal(5)),)), "needs its currency"),
        (Terms(benefits=(Benefit("b", WORDS, WORDS, Decimal(-5), "CNY"),)), "cannot be negative"),
        (Terms(benefits=(Benefit("b", WORDS, WORDS, levels=("phd",)),)), "does not exist"),
        (Terms(letters=(LetterRule("referee", 0),)), "ask for at least one"),
        (Terms(letters=(LetterRule("referee", 1, hosts={"q": "MIT"}),)), "“MIT” does not exist"),
        (
            Terms(letters=(LetterRule("referee", 1, words=LetterWords(request=Text("{"))),)),
            "“{” cannot be filled in",
        ),
        (
            Terms(letters=(LetterRule("referee", 1, words=LetterWords(request=Text("{name}"))),)),
            "“{name}” cannot be filled in",
        ),
        (
            Terms(rules=({"code": "mit", "name": {"en": "Rules of MIT"}, "host": "MIT"},)),
            "Rules of MIT: the host “MIT” does not exist.",
        ),
        (
            Terms(
                outcome=placed(PlaceNode("a", WORDS, 1, "b"), PlaceNode("b", WORDS, 1, "a")),
            ),
            "must stand below",
        ),
    ],
)
def test_what_a_row_contradicts_is_found(terms: Terms, fault: str) -> None:
    assert fault in " ".join(str(found) for found in check_terms(terms))


def test_what_names_what_there_is_is_sound() -> None:
    terms = Terms(
        levels=(Level("phd", WORDS),),
        hosts=(Host("MIT", WORDS),),
        outcome=placed(PlaceNode("a", WORDS, 1, level="phd", host="MIT", fund="F")),
        benefits=(Benefit("b", WORDS, WORDS, Decimal(5), "CNY", "", ("phd",), ("F",)),),
        letters=(
            LetterRule("r", 1, hosts={"q": "MIT"}, words=LetterWords(request=Text("{call}"))),
        ),
        rules=({"code": "mit", "name": {"en": "Rules"}, "host": "MIT"},),
    )
    assert check_terms(terms) == []
