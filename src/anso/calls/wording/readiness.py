"""Where what a draft still lacks is mended: every part of a design has a page, and many a fault a
row or a question of its own.
"""

from __future__ import annotations

from django.urls import reverse

from anso.calls.models import Call
from anso.kernel.faults import DesignFault, DesignPart
from anso.kernel.questions.tables import SECTIONS
from anso.kernel.terms.tables import TABLES

PAGES = {
    DesignPart.TEXT: "calls:edit",
    DesignPart.DATES: "calls:edit",
    DesignPart.INTAKE: "calls:intake",
    DesignPart.NOUNS: "calls:nouns",
    DesignPart.OCCASION: "calls:occasion",
    DesignPart.STAGES: "calls:timeline",
    DesignPart.OUTCOME: "calls:outcome",
    DesignPart.RUBRIC: "calls:rubric",
    DesignPart.CONFLICTS: "calls:conflicts",
    DesignPart.PEOPLE: "calls:people",
    DesignPart.EDITION: "calls:edition",
}
# By the key of their list; every outcome calls its own "places".
LISTS = {table.part: table.key for table in TABLES.values()} | {DesignPart.PLACES: "places"}
QUESTION_PAGES = ("calls:questions", "calls:questions_of", "calls:question")


def url_of_fault(call: Call, fault: DesignFault) -> str:
    """The page on which a fault is mended, as near to it as there is one."""
    if fault.part is DesignPart.QUESTIONS:
        return reverse(QUESTION_PAGES[len(fault.at)], args=[call.reference, *fault.at])
    if fault.part is DesignPart.SECTIONS:
        purpose, *section = fault.at
        name = "calls:row" if section else "calls:rows"
        return reverse(name, args=[call.reference, f"{SECTIONS.key}-{purpose}", *section])
    if fault.part in LISTS:
        name = "calls:row" if fault.at else "calls:rows"
        return reverse(name, args=[call.reference, LISTS[fault.part], *fault.at])
    page = reverse(PAGES[fault.part], args=[call.reference])
    is_rubric = fault.part is DesignPart.RUBRIC and fault.at
    return f"{page}?of={fault.at[0]}" if is_rubric else page
