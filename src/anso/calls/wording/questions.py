"""Questions of a form as officers read about them: of what type each is, and which part of one
differs.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.kernel.questions import ColumnKind

# By the code of the type.
TYPES: dict[str, Promise] = {
    "text": _("short text"),
    "longtext": _("long text"),
    "number": _("number"),
    "date": _("date"),
    "choice": _("one of a list"),
    "multichoice": _("several of a list"),
    "yesno": _("yes or no"),
    "country": _("country"),
    "email": _("mail address"),
    "ranking": _("order of preference"),
    "file": _("document"),
    "statement": _("statement to confirm"),
    "person": _("person who writes a letter"),
    "partners": _("partners"),
    "degrees": _("degrees, with their grades"),
    "publications": _("publications, by DOI or in words"),
    "orcid": _("ORCID iD"),
    "table": _("table with columns"),
    "dois": _("DOIs, one on each line"),
    "point": _("point on the map"),
    "organisation": _("organisation, with its ROR iD"),
}
# By what stands in a column of a table.
COLUMN_KINDS: dict[ColumnKind, Promise] = {
    ColumnKind.TEXT: _("short text"),
    ColumnKind.WHOLE: _("whole number"),
    ColumnKind.NUMBER: _("number"),
    ColumnKind.MONEY: _("amount of money"),
    ColumnKind.YEAR: _("year"),
    ColumnKind.COUNTRY: _("country"),
    ColumnKind.CHOICE: _("one of a list"),
    ColumnKind.DOI: _("DOI"),
    ColumnKind.DATE: _("date"),
    ColumnKind.ORCID: _("ORCID iD"),
    ColumnKind.PARTNER: _("organisation that takes part"),
    ColumnKind.PROJECT_YEAR: _("year of the project"),
    ColumnKind.FROM_MONTH: _("month of the project in which it begins"),
    ColumnKind.TO_MONTH: _("month of the project in which it ends"),
}
# By the part of a question, as its definition names it.
PARTS: dict[str, Promise] = {
    "label": _("question"),
    "hint": _("hint"),
    "why": _("why it is asked"),
    "who_sees": _("who sees it"),
    "required": _("whether it must be answered"),
    "limit": _("limit"),
    "options": _("options"),
    "condition": _("when it is asked"),
    "file": _("documents that are taken"),
    "earliest": _("earliest date"),
    "latest": _("latest date"),
    "autocomplete": _("what a browser fills in"),
    "is_sensitive": _("whether it stays with officers"),
    "means": _("what it means"),
    "edition": _("version of its words"),
    "also": _("answers beside countries"),
    "columns": _("columns"),
    "sums": _("rules about its amounts"),
    "type": _("type"),
    "section": _("section"),
}


def question_type(code: str) -> str:
    """The type of a question in words; one that has none yet, names itself."""
    return str(TYPES.get(code, code))


def question_part(name: str) -> str:
    """A part of a question in words."""
    return str(PARTS.get(name, name))
