"""The lists in a form that officers edit row by row: its sections, the options of a question, the
columns of a table, what may be chosen in one of them, and the limits of its amounts.

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
COLUMNS = RowTable(
    "columns",
    DesignPart.QUESTIONS,
    gettext_noop("Columns"),
    gettext_noop("Column"),
    ("columns",),
    (
        Column("label", gettext_noop("Column"), ColumnKind.WORDS, is_required=True),
        Column(
            "kind",
            gettext_noop("What stands in it"),
            ColumnKind.ONE,
            choices="column_kinds",
            is_required=True,
            is_listed=True,
        ),
        Column("required", gettext_noop("Must be filled in"), ColumnKind.YES_NO, is_listed=True),
        Column(
            "currency",
            gettext_noop("Currency"),
            hint=gettext_noop("Of amounts alone: three letters, such as CNY."),
            is_listed=True,
        ),
        Column(
            "has_total",
            gettext_noop("Added up below the rows"),
            ColumnKind.YES_NO,
            hint=gettext_noop("Numbers and amounts alone."),
            is_listed=True,
        ),
    ),
)
# Officers change what a rule about amounts is called and where its limit lies; which amounts it
# looks at comes with the programme.
SUMS = RowTable(
    "sums",
    DesignPart.QUESTIONS,
    gettext_noop("Rules about amounts"),
    gettext_noop("Rule about amounts"),
    ("sums",),
    (
        Column("label", gettext_noop("What is added up"), ColumnKind.WORDS, is_required=True),
        Column(
            "bound",
            gettext_noop("Limit"),
            ColumnKind.AMOUNT,
            hint=gettext_noop(
                "An amount; a share, such as 0.3; or a ratio, such as 1. A rule by which two"
                " answers agree has none."
            ),
            is_required=True,
            is_listed=True,
        ),
    ),
    is_fixed=True,
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
