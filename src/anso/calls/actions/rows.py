"""Changing the lists in what a call promises, row by row: rules, letters, benefits, levels, hosts,
places. One way for every list; what a list is stands in tables (`kernel.terms.tables`).

Each action changes one row as it stands under the lock of the call. Of a row that somebody else
changed since the page was opened both texts are shown (Disputed), and it is neither moved nor
removed unseen (Stale).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from anso.calls.actions.design import write_terms
from anso.calls.actions.locking import lock_call, parts_changed_since
from anso.calls.actions.offered import offer_rows
from anso.calls.actions.questions import CHANGED_SINCE, get_working, write_form
from anso.calls.models import Call
from anso.calls.queries import get_working_form
from anso.calls.queries.amendments import FIXED_LISTS, is_amending
from anso.calls.queries.rows import CallList, find_list
from anso.calls.rules import may_change_list
from anso.kernel.actors import Actor
from anso.kernel.drafts import Disputed, Draft, Merge
from anso.kernel.errors import BadInput, ProductError, Stale
from anso.kernel.keys import free_key, key_stem
from anso.kernel.questions import Form, Meaning, Question, TableColumn, questions_meaning
from anso.kernel.questions.editing import replace_question
from anso.kernel.rows import Row, RowTable, moved, parts_of_row, with_parts
from anso.kernel.terms.stages import with_own_rubrics
from anso.kernel.terms.tables import GROUPS, RULES, table_of_row
from anso.kernel.wording import gettext_noop
from anso.programmes.outcomes import read_terms

VERB = "change_terms"
RULE_CODE = re.compile(r"([A-Z]+)(\d+)")
REMOVED = gettext_noop("Somebody took this away meanwhile.")


@transaction.atomic
def change_row(
    *,
    call: Call,
    table: str,
    key: str,
    changes: Mapping[str, Any],
    base_revision: int,
    actor: Actor,
    now: dt.datetime,
) -> None:
    """Change parts of one row, named as ``kernel.rows`` names them; the others stay.

    Refuses what contradicts itself; raises Disputed where another officer changed one of the parts
    since ``base_revision``, and Stale where the row is gone.
    """
    locked, within = _lock_list(call, table, actor, now)
    row = _require_row(within, key)
    found = table_of_row(within.table, row)
    merge = _merge_row(locked, found, row, changes, base_revision)
    changed = _settled(locked, found, with_parts(found.columns, row, merge.accepted))
    rows = found.rows(within.content)
    rows[rows.index(row)] = changed
    _write_rows(call, locked, within, rows, _stamped(found, key, merge), actor=actor, now=now)


@transaction.atomic
def add_row(
    *,
    call: Call,
    table: str,
    parts: Mapping[str, Any],
    fixed: Mapping[str, Any],
    actor: Actor,
    now: dt.datetime,
) -> str:
    """Add a row at the end of its list; ``fixed`` are the cells that nobody edits later, such as
    the kind of a rule. Returns the key that it got.

    Refuses lists from which people chose already, and what contradicts itself.
    """
    locked, within = _lock_list(call, table, actor, now)
    found = within.table
    _require_open_list(locked, found)
    rows = found.rows(within.content)
    whole = table_of_row(found, fixed)
    row = with_parts(whole.columns, fixed, parts)
    key = str(fixed.get(found.identity) or _free_key(found, row, rows))
    if found.row(within.content, key) is not None:
        raise BadInput(gettext_noop("It is in the list already."))
    row = _settled(locked, found, {found.identity: key, **row})
    merge = _stamp(locked, found, key, parts_of_row(whole.columns, row))
    _write_rows(call, locked, within, [*rows, row], merge, actor=actor, now=now)
    return key


@transaction.atomic
def remove_row(
    *, call: Call, table: str, key: str, base_revision: int, actor: Actor, now: dt.datetime
) -> None:
    """Take a row away. Refused while something else needs it, and (Stale) when another officer
    changed it since ``base_revision``: their words would go unseen.
    """
    locked, within = _lock_list(call, table, actor, now)
    found = within.table
    _require_open_list(locked, found)
    row = _require_row(within, key)
    _require_seen(locked, _start(found, key), base_revision)
    asked = _questions_in(within, row)
    for name in asked:
        _require_seen(locked, f"{within.purpose}.{name}.", base_revision)
    rows = [other for other in found.rows(within.content) if other != row]
    merge = _stamp(locked, found, key, parts_of_row(table_of_row(found, row).columns, row))
    gone = dict.fromkeys((f"{within.purpose}.{name}." for name in asked), merge.revision)
    merge = replace(merge, revisions={**merge.revisions, **gone})
    try:
        _write_rows(call, locked, within, rows, merge, actor=actor, now=now)
    except ProductError as fault:
        text = gettext_noop("It is still needed. %(fault)s")
        raise BadInput(text, fault=fault.message) from fault


@transaction.atomic
def move_row(
    *,
    call: Call,
    table: str,
    key: str,
    steps: int,
    base_revision: int,
    actor: Actor,
    now: dt.datetime,
) -> None:
    """Move a row some places down in its list (up, below zero). Refused (Stale) when another
    officer changed the order since ``base_revision``.
    """
    locked, within = _lock_list(call, table, actor, now)
    found = within.table
    _require_row(within, key)
    order = f"{found.start}order"
    _require_seen(locked, order, base_revision)
    rows = moved(found, found.rows(within.content), key, steps)
    revision = locked.revision + 1
    merge = Merge(revision, {**locked.revisions, order: revision})
    _write_rows(call, locked, within, rows, merge, actor=actor, now=now)


def _lock_list(call: Call, table: str, actor: Actor, now: dt.datetime) -> tuple[Call, CallList]:
    """The rule is required of the locked row, and the list read after it is locked. What is asked
    is changed longer than what is promised.
    """
    locked = lock_call(call)
    found = find_list(locked, table)
    if found is None:
        raise BadInput(gettext_noop("This list is not there any more."))
    may_change_list(actor, locked, now, purpose=found.purpose).require()
    return locked, found


def _settled(locked: Call, table: RowTable, row: Row) -> Row:
    """The row with what follows from its other cells: a group of people that follows from a
    sensitive answer is sensitive too.
    """
    if table.key != GROUPS.key:
        return row
    asked = questions_meaning(get_working_form(locked)[1], Meaning(row["means"]))
    return {**row, "is_sensitive": any(question.is_sensitive for question in asked)}


def _require_row(within: CallList, key: str) -> Row:
    row = within.table.row(within.content, key)
    if row is None:
        raise Stale(REMOVED, code="removed")
    return row


def _require_seen(locked: Call, start: str, base_revision: int) -> None:
    if parts_changed_since(locked, start, base_revision):
        raise Stale(CHANGED_SINCE)


def _require_open_list(locked: Call, table: RowTable) -> None:
    if table.is_fixed or (is_amending(locked) and table.key in (*FIXED_LISTS, "letters")):
        text = gettext_noop("People were told this list: nothing is added to it or taken away.")
        raise BadInput(text)


def _questions_in(within: CallList, row: Row) -> list[str]:
    """The keys of the questions that a row holds: those of a section."""
    is_section = within.purpose and not within.question
    return [each["key"] for each in row.get("questions", ())] if is_section else []


def _start(table: RowTable, key: str) -> str:
    return f"{table.start}{key}."


def _merge_row(
    locked: Call, table: RowTable, row: Row, changes: Mapping[str, Any], base_revision: int
) -> Merge:
    """Parts of a row have their own revisions; a number that another page changes too is disputed
    after a change there. The page is told of parts by the names that it knows.
    """
    start = _start(table, table.key_of(row))
    # A language that nobody has written in yet stands blank.
    known = dict.fromkeys(changes, "") | parts_of_row(table.columns, row)
    beside = {
        start + column.name: locked.revisions.get(column.shared, 0)
        for column in table.columns
        if column.shared
    }
    newest = {key: max(beside.get(key, 0), locked.revisions.get(key, 0)) for key in beside}
    draft = Draft(
        locked.revision,
        {**locked.revisions, **newest},
        {start + name: value for name, value in known.items()},
    )
    merge = draft.merge({start + name: value for name, value in changes.items()}, base_revision)
    if merge.disputed:
        raise Disputed({key.removeprefix(start): both for key, both in merge.disputed.items()})
    accepted = {key.removeprefix(start): value for key, value in merge.accepted.items()}
    return replace(merge, accepted=accepted)


def _stamped(table: RowTable, key: str, merge: Merge) -> Merge:
    """The merge that says of the other page's part too that it changed."""
    shared = [
        column.shared for column in table.columns if column.shared and column.name in merge.accepted
    ]
    return replace(merge, revisions={**merge.revisions, **dict.fromkeys(shared, merge.revision)})


def _stamp(locked: Call, table: RowTable, key: str, parts: Iterable[str]) -> Merge:
    """Mark all parts of a row as changed: a page that showed them, or the list, is stale."""
    revision, start = locked.revision + 1, _start(table, key)
    shared = [column.shared for column in table.columns if column.shared]
    stamped = [*(start + name for name in parts), f"{table.start}order", *shared]
    return Merge(revision, {**locked.revisions, **dict.fromkeys(stamped, revision)})


def _free_key(table: RowTable, row: Row, rows: Sequence[Row]) -> str:
    """A key of its own for a new row: the next number for a rule, otherwise made from its English
    name.
    """
    taken = {table.key_of(other) for other in rows}
    if table.key == RULES.key:
        return _next_code(row, rows)
    name = (row.get(table.name) or {}).get("en", "")
    return free_key(key_stem(name) or "row", taken)


def _next_code(row: Row, rows: Sequence[Row]) -> str:
    """The letter of the other rules of its maker, and one number more than any rule has."""
    codes = [(each["of"], RULE_CODE.fullmatch(each["code"])) for each in rows]
    found = [(maker != row.get("of"), code[1]) for maker, code in codes if code]
    letter = min(found, key=lambda each: each[0])[1] if found else "R"
    numbers = [int(code[2]) for _, code in codes if code and code[1] == letter]
    return f"{letter}{max(numbers, default=0) + 1}"


def _changed_form(form: Form, within: CallList, content: Mapping[str, Any]) -> Form:
    """The form with other content of itself, of a question, or of a column of one."""
    if not within.question:
        return Form.from_dict(content)
    if not within.column:
        return replace_question(form, Question.from_dict(content))
    asked, changed = form.question(within.question), TableColumn.from_dict(content)
    columns = (changed if each.key == within.column else each for each in asked.columns)
    return replace_question(form, replace(asked, columns=tuple(columns)))


def _write_rows(
    call: Call,
    locked: Call,
    within: CallList,
    rows: Collection[Row],
    merge: Merge,
    *,
    actor: Actor,
    now: dt.datetime,
) -> None:
    """Write the content with other rows, and what follows from them: a question that offers
    them.
    """
    content = within.table.with_rows(within.content, rows)
    if within.purpose:
        working = get_working(locked, within.purpose)
        changed = _changed_form(working.form, within, content)
        write_form(call, locked, working, changed, merge, actor=actor, now=now)
        return
    terms = with_own_rubrics(read_terms(content))
    if not is_amending(locked):
        offer_rows(locked, within.table, within.table.rows(within.content), list(rows))
    write_terms(call, locked, terms, merge, VERB, actor=actor, now=now)
