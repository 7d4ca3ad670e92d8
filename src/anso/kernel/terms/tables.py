"""The lists in the terms of a call that officers edit row by row, as a table of data: one entry for
each list, whatever stands in it. Outcomes declare a list of their own (`programmes.outcomes`).

Here: where each list stands and what its columns are. Not here: how a cell is drawn and read, which
belongs to the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from anso.kernel.eligibility import RULE_KINDS
from anso.kernel.faults import DesignPart
from anso.kernel.rows import Column, ColumnKind, RowTable, cell
from anso.kernel.wording import gettext_noop

LABEL = Column("label", gettext_noop("Name"), ColumnKind.WORDS, is_required=True)
LEVEL = Column(
    "level", gettext_noop("Asked for as"), ColumnKind.ONE, choices="levels", is_listed=True
)
HOST = Column("host", gettext_noop("Host"), ColumnKind.ONE, choices="hosts", is_listed=True)

RULES = RowTable(
    "rules",
    DesignPart.RULES,
    gettext_noop("Rules of eligibility"),
    gettext_noop("Rule"),
    ("rules",),
    (
        Column("sentence", gettext_noop("What it says"), ColumnKind.LINES, is_required=True),
        Column(
            "standard",
            gettext_noop("Whoever does not meet it"),
            ColumnKind.ONE,
            choices="standards",
            is_required=True,
            is_listed=True,
        ),
        Column(
            "of",
            gettext_noop("Whose rule it is"),
            ColumnKind.ONE,
            choices="rule_sets",
            is_required=True,
        ),
        Column(
            "when",
            gettext_noop("Whom it concerns"),
            ColumnKind.CONDITION,
            is_listed=True,
        ),
        Column(
            "source",
            gettext_noop("Where it comes from"),
            hint=gettext_noop("Everyone can read it: a decision, an agreement, a former call."),
        ),
    ),
    identity="code",
    name="sentence",
    inner="rules",
    hint=gettext_noop(
        "The sentence is what people read; the cells beside it are what is computed. Keep both"
        " alike."
    ),
)
RULE_SETS = RowTable(
    "rule_sets",
    DesignPart.MAKERS_OF_RULES,
    gettext_noop("Whose rules"),
    gettext_noop("Maker of rules"),
    ("rules",),
    (
        Column("name", gettext_noop("Name"), ColumnKind.WORDS, is_required=True),
        Column(
            "host",
            gettext_noop("Host"),
            ColumnKind.ONE,
            choices="hosts",
            hint=gettext_noop("Its rules hold for whoever asks for this host; blank: for all."),
            is_listed=True,
        ),
        Column("intro", gettext_noop("Words above its rules"), ColumnKind.LINES),
    ),
    identity="code",
    name="name",
)
FURTHER_RULES = RowTable(
    "further_rules",
    DesignPart.FURTHER_RULES,
    gettext_noop("Further rules"),
    gettext_noop("Further rules"),
    (),
    (
        Column(
            "entries_each",
            gettext_noop("How many one person may hand in"),
            ColumnKind.WHOLE,
            is_required=True,
        ),
        Column(
            "check_keys",
            gettext_noop("Questions of the two-minute check"),
            ColumnKind.SEVERAL,
            hint=gettext_noop(
                "Whoever thinks of applying answers these and is told what the rules say."
            ),
            choices="check_questions",
        ),
        Column(
            "figures",
            gettext_noop("Groups of people whose share among the selected is told"),
            ColumnKind.SEVERAL,
            choices="groups",
        ),
    ),
    is_fixed=True,
    is_single=True,
)
LETTERS = RowTable(
    "letters",
    DesignPart.LETTERS,
    gettext_noop("Letters"),
    gettext_noop("Letter"),
    ("letters",),
    (
        Column(
            "words.name",
            gettext_noop("What it is called"),
            ColumnKind.WORDS,
            is_required=True,
            hint=gettext_noop("As it stands within a sentence, such as: referee’s letter."),
        ),
        Column(
            "need",
            gettext_noop("Without it, what is submitted"),
            ColumnKind.ONE,
            choices="needs",
            is_required=True,
            is_listed=True,
        ),
        Column(
            "count",
            gettext_noop("How many"),
            ColumnKind.WHOLE,
            is_required=True,
            is_listed=True,
        ),
        Column(
            "days_after_close",
            gettext_noop("Days after the closing in which it still counts"),
            ColumnKind.WHOLE,
            is_required=True,
            is_listed=True,
        ),
        Column(
            "minutes",
            gettext_noop("Minutes that writing it takes"),
            ColumnKind.WHOLE,
            is_required=True,
        ),
        Column(
            "asked_in",
            gettext_noop("Questions that name its writers"),
            ColumnKind.SEVERAL,
            choices="writers",
            is_required=True,
        ),
        Column(
            "words.promised",
            gettext_noop("What is told to whoever asks for it"),
            ColumnKind.LINES,
            hint=gettext_noop("{count} stands for how many letters."),
            is_required=True,
        ),
        Column(
            "words.heading",
            gettext_noop("Heading for whoever is asked"),
            ColumnKind.WORDS,
            hint=gettext_noop("{applicant}, {title}, {call} and {host} stand for what they name."),
            is_required=True,
        ),
        Column(
            "words.request", gettext_noop("What they are asked"), ColumnKind.LINES, is_required=True
        ),
        Column(
            "words.unanswered",
            gettext_noop("What follows when they do not answer"),
            ColumnKind.LINES,
            is_required=True,
        ),
        Column(
            "words.readers",
            gettext_noop("Who reads their answer"),
            ColumnKind.LINES,
            is_required=True,
        ),
        Column(
            "words.button",
            gettext_noop("Button that sends it"),
            ColumnKind.WORDS,
            is_required=True,
        ),
    ),
    identity="kind",
    name="words.name",
)
BENEFITS = RowTable(
    "benefits",
    DesignPart.BENEFITS,
    gettext_noop("Benefits"),
    gettext_noop("Benefit"),
    ("benefits",),
    (
        LABEL,
        Column(
            "amount",
            gettext_noop("Amount"),
            ColumnKind.AMOUNT,
            hint=gettext_noop("Blank means: in kind."),
            is_listed=True,
        ),
        Column(
            "currency",
            gettext_noop("Currency"),
            hint=gettext_noop("By its three letters, such as CNY."),
            is_listed=True,
        ),
        Column(
            "per",
            gettext_noop("How often"),
            ColumnKind.ONE,
            choices="periods",
            is_listed=True,
        ),
        Column("payer", gettext_noop("Who pays"), ColumnKind.WORDS, is_required=True),
        Column(
            "levels",
            gettext_noop("For those alone who chose"),
            ColumnKind.SEVERAL,
            choices="levels",
            is_listed=True,
        ),
        Column(
            "funds",
            gettext_noop("For these funds alone"),
            ColumnKind.SEVERAL,
            choices="funds",
        ),
    ),
)
LEVELS = RowTable(
    "levels",
    DesignPart.LEVELS,
    gettext_noop("What people choose"),
    gettext_noop("Choice"),
    ("levels",),
    (LABEL,),
    hint=gettext_noop(
        "The question by which people choose what they ask for offers exactly these."
    ),
)
HOSTS = RowTable(
    "hosts",
    DesignPart.HOSTS,
    gettext_noop("Hosts"),
    gettext_noop("Host"),
    ("hosts",),
    (LABEL,),
    hint=gettext_noop(
        "The question by which people choose a host offers exactly these. Which organisation a host"
        " is, and who answers for it, stands under “People”."
    ),
)
GROUPS = RowTable(
    "groups",
    DesignPart.GROUPS,
    gettext_noop("Groups of people"),
    gettext_noop("Group of people"),
    ("groups",),
    (
        Column(
            "label",
            gettext_noop("Name"),
            ColumnKind.WORDS,
            hint=gettext_noop("As it stands within a sentence, such as: women."),
            is_required=True,
        ),
        Column(
            "means",
            gettext_noop("Follows from the answer to"),
            ColumnKind.ONE,
            choices="meanings",
            is_required=True,
            is_listed=True,
        ),
        Column(
            "country_class",
            gettext_noop("Countries of the class"),
            ColumnKind.ONE,
            choices="country_classes",
            is_listed=True,
        ),
        Column(
            "values",
            gettext_noop("Or whoever answers"),
            ColumnKind.SEVERAL,
            choices="answers_meant",
            is_listed=True,
        ),
    ),
    hint=gettext_noop("What is given can be kept for them, be theirs alone, or favour them."),
)
STAGES = RowTable(
    "stages",
    DesignPart.NAMES_OF_STAGES,
    gettext_noop("Stages"),
    gettext_noop("Stage"),
    ("stages",),
    (LABEL,),
    hint=gettext_noop(
        "Stages stand in the order of their first days. What is written in one is changed under"
        " “Questions”, by what it judges under “Rubric”."
    ),
    is_fixed=True,
)
JUDGES_BY = Column(
    "rubric",
    gettext_noop("By what it judges"),
    ColumnKind.ONE,
    choices="rubrics",
    none=gettext_noop("the criteria of the call"),
)

TABLES = {
    table.key: table
    for table in (RULES, RULE_SETS, FURTHER_RULES, LETTERS, BENEFITS, LEVELS, HOSTS, GROUPS, STAGES)
}
# By the question that offers them: what is added to the list is offered, what is removed is not.
OFFERED_IN = {"levels": "level", "hosts": "hosts"}


def table_of_row(table: RowTable, row: Mapping[str, Any]) -> RowTable:
    """The table with the columns that this row has: those of the kind of a rule, for a letter the
    host of each question that names a writer, for a review by what it judges.
    """
    if table.key == STAGES.key and row.get("block") == "review":
        return replace(table, columns=(*table.columns, JUDGES_BY))
    if table.key == RULES.key and row.get("kind") in RULE_KINDS:
        sentence, *rest = table.columns
        return replace(table, columns=(sentence, *RULE_KINDS[row["kind"]].asks, *rest))
    if table.key == LETTERS.key:
        asked = cell(row, "asked_in") or ()
        return replace(table, columns=(*table.columns, *map(_host_of, asked)))
    return table


def _host_of(question: str) -> Column:
    return Column(
        f"hosts.{question}",
        gettext_noop("For which host: %(question)s"),
        ColumnKind.ONE,
        choices="hosts",
        about=question,
    )
