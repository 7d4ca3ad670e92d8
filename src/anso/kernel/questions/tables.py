"""The lists in a form that officers edit row by row: its sections, and the options of a question.

Here: where each list stands and what its columns are. Not here: the questions themselves, which
have pages of their own.
"""

from __future__ import annotations

from anso.kernel.faults import DesignPart
from anso.kernel.rows import Column, ColumnKind, RowTable
from anso.kernel.wording import gettext_noop

# Types whose options are listed in the question.
WITH_OPTIONS = ("choice", "multichoice", "ranking")

OPTIONS = RowTable(
    "options",
    DesignPart.QUESTIONS,
    gettext_noop("Answers that may be chosen"),
    gettext_noop("Answer"),
    ("options",),
    (
        Column("label", gettext_noop("Answer"), ColumnKind.WORDS, is_required=True),
        Column("hint", gettext_noop("Hint"), ColumnKind.WORDS),
    ),
    identity="value",
)
SECTIONS = RowTable(
    "sections",
    DesignPart.QUESTIONS,
    gettext_noop("Sections"),
    gettext_noop("Section"),
    ("sections",),
    (
        Column("title", gettext_noop("Title"), ColumnKind.WORDS, is_required=True),
        Column("intro", gettext_noop("Words above its questions"), ColumnKind.LINES),
    ),
    name="title",
)
