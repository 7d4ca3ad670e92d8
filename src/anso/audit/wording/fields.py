"""What an entry changed and why, in words: each app says what the record calls its fields, and of
which list the keys are that stand in them. Whatever nobody names stands as it is kept, marked so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anso.audit.models import Entry
from anso.audit.queries import Key, key_of
from anso.kernel.registers import Register
from anso.kernel.terms.differences import is_text
from anso.kernel.wording import Text
from anso.ui.instants import instant_here_and_there, part_of_date_in_words
from anso.ui.question_fields import in_a_row, in_reader_language

LONGEST = 300
NOTHING = "–"
BECAUSE = "because"
CHANGED = "changed"


@dataclass(frozen=True)
class Field:
    """What the record keeps under a name: how it is called, and what stands there: words of people,
    unless ``codes`` says how its codes are called, ``keys`` of which list its keys are, or ``tell``
    what a program means by it.
    """

    label: Promise | str = ""
    codes: Mapping[str, Promise | str] = field(default_factory=dict)
    keys: str = ""
    tell: Callable[[str], str] | None = None


# By the name under which the record keeps it; before that by "kind:name" of an object and by
# "verb:name". "verb:*" names fields of a verb that are keys themselves, and "verb:because" says
# what stands in its reasons where a program writes them.
FIELDS: Register[Field] = Register("fields on the record")
# By the label of a model: how values are told that are whole lists of it.
NESTED: Register[Callable[[str, Any, Any], list[tuple[str, str, str]]]] = Register(
    "lists on the record"
)

OWN_FIELDS: dict[str, Field] = {
    "state": Field(_("state")),
    "number": Field(_("number")),
    "sha256": Field(_("fingerprint of the content")),
    "email": Field(_("mail address")),
    "remark": Field(_("remark")),
    "reason": Field(_("reason")),
    "text": Field(_("text")),
    "file": Field(_("file, by its fingerprint")),
    "person": Field(_("person")),
    "answer": Field(_("answer")),
    "due_at": Field(_("due by")),
    "answered_at": Field(_("answered at")),
    "assigned_at": Field(_("assigned at")),
    "cancelled_at": Field(_("cancelled at")),
    "completed_at": Field(_("completed at")),
    "confirmed_at": Field(_("confirmed at")),
    "ended_at": Field(_("ended at")),
    "ends_on": Field(_("last day")),
    "invited_at": Field(_("invited at")),
    "published_at": Field(_("published at")),
    "released_at": Field(_("released at")),
    "submitted_at": Field(_("submitted at")),
    "withdrawn_at": Field(_("withdrawn at")),
    "decline_reason": Field(_("reason of the refusal")),
}


def fixed_words(text: str) -> str:
    """What a program writes as a reason, in the reader's language; people's own words stay."""
    return gettext(text)


@dataclass(frozen=True)
class Said:
    """A value in words; or, where nobody names it, as it is kept."""

    words: str
    is_stored: bool = False

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class ChangeLine:
    """One changed field: what it is called, what stood there and what stands there. ``before`` is
    None where only what stands there is kept.
    """

    name: Said
    before: Said | None
    after: Said


def field_of(entry: Entry, name: str) -> Field | None:
    """What stands under a name in an entry; None where no app says it."""
    asked = (f"{entry.verb}:{name}", f"{entry.object_type}:{name}", name)
    return next((FIELDS[each] for each in asked if each in FIELDS), None)


def keys_in(entries: Iterable[Entry], *, with_changes: bool = True) -> Iterator[Key]:
    """The keys that entries keep, so that their names can be asked for all at once."""
    for entry in entries:
        reason = FIELDS.get(f"{entry.verb}:{BECAUSE}")
        if reason and reason.keys and entry.because:
            yield from (key_of(entry, reason.keys, part) for part in parts_of(entry.because))
        for name, change in entry.changes.items() if with_changes else ():
            found = field_of(entry, name)
            names = FIELDS.get(f"{entry.verb}:*")
            if found is None and names:
                yield key_of(entry, names.keys, name)
            if found and found.keys:
                values = (part for side in sides_of(change) for part in parts_of(side))
                yield from (key_of(entry, found.keys, value) for value in values)


def why_words(entry: Entry, names: Mapping[Key, Text]) -> Said:
    """Why it was done: as whoever did it said, or what the key or code is called that a program
    wrote.
    """
    reason = FIELDS.get(f"{entry.verb}:{BECAUSE}")
    if reason is None or not entry.because:
        return Said(entry.because)
    if reason.tell:
        return Said(reason.tell(entry.because))
    said = _value(entry, reason, BECAUSE, entry.because, names)
    # Beside what a program writes there, people give reasons of their own.
    return said if reason.keys else Said(said.words)


def changes_in_words(entry: Entry, names: Mapping[Key, Text]) -> list[ChangeLine]:
    """The changed fields with before and after; a sensitive one says only that it changed."""
    return [
        line
        for name, change in entry.changes.items()
        for line in _lines_of(entry, name, change, names)
    ]


def _lines_of(
    entry: Entry, name: str, change: Any, names: Mapping[Key, Text]
) -> Iterator[ChangeLine]:
    before, after = ([None, *sides_of(change)])[-2:]
    tell = NESTED.get(entry.object_type)
    if tell and any(isinstance(each, dict | list) for each in (before, after)):
        for where, old, new in tell(name, before, after):
            yield ChangeLine(Said(where), Said(shortened(old)), Said(shortened(new)))
        return
    found = field_of(entry, name)
    # Under a key stands what people wrote.
    kept = found or (Field() if f"{entry.verb}:*" in FIELDS else None)
    yield ChangeLine(
        _name(entry, found, name, names),
        _value(entry, kept, name, before, names) if is_pair(change) else None,
        _value(entry, kept, name, after, names),
    )


def _name(entry: Entry, found: Field | None, name: str, names: Mapping[Key, Text]) -> Said:
    if found:
        return Said(str(found.label))
    keyed = FIELDS.get(f"{entry.verb}:*")
    known = names.get(key_of(entry, keyed.keys, name)) if keyed else None
    if known:
        return Said(in_reader_language(known))
    if keyed and name in keyed.codes:
        return Said(str(keyed.codes[name]))
    is_words = keyed is not None and not keyed.codes and not keyed.keys
    return Said(name, is_stored=not is_words)


def _value(
    entry: Entry, found: Field | None, name: str, value: Any, names: Mapping[Key, Text]
) -> Said:
    if value in (None, "", [], {}):
        return Said(NOTHING)
    plain = _plain_in_words(value)
    if plain:
        return Said(plain)
    codes = {**_choices_of(entry, name), **(found.codes if found else {})}
    shelf = found.keys if found else ""
    said = []
    for part in parts_of(value):
        known = names.get(key_of(entry, shelf, part)) if shelf else None
        said.append(in_reader_language(known) if known else codes.get(str(part)))
    if all(said):
        return Said(shortened(in_a_row(said)))
    # What an app calls by a label alone are words of people, and figures.
    is_words = found is not None and not codes and not shelf
    text = in_a_row(value) if isinstance(value, list) else str(value)
    return Said(shortened(text), is_stored=not is_words and not isinstance(value, int))


def _plain_in_words(value: Any) -> str:
    """What reads the same whatever the field: an instant, a day, yes and no, a text."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if is_text(value) and value:
        return in_reader_language(value)
    if value == CHANGED:
        return gettext("changed")
    if not isinstance(value, str):
        return ""
    try:
        at = dt.datetime.fromisoformat(value)
    except ValueError:
        return ""
    is_day = len(value) == len("2027-01-01")
    return part_of_date_in_words(value) if is_day else instant_here_and_there(at, "UTC")


def _choices_of(entry: Entry, name: str) -> Mapping[str, Promise | str]:
    """The words that a column of the model has for its codes."""
    try:
        column = apps.get_model(entry.object_type)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return {}
    return dict(column.flatchoices) if isinstance(column, CharField) else {}


def is_pair(change: Any) -> bool:
    """Whether both sides of a change are kept."""
    return isinstance(change, list) and len(change) == 2


def sides_of(change: Any) -> list[Any]:
    """What stood there and what stands there; or only what stands there."""
    return change if is_pair(change) else [change]


def parts_of(value: Any) -> list[Any]:
    """The several things that one value is."""
    return value if isinstance(value, list) else [value]


def shortened(text: str) -> str:
    """A value as one short line."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
