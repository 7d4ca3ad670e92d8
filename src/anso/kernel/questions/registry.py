"""The register of question types: one line each. A new type is one file and one line here."""

from __future__ import annotations

from anso.kernel.errors import BadDefinition
from anso.kernel.questions.types.base import QuestionType
from anso.kernel.questions.types.choice import CHOICE
from anso.kernel.questions.types.country import COUNTRY
from anso.kernel.questions.types.date import DATE
from anso.kernel.questions.types.dois import DOIS
from anso.kernel.questions.types.email import EMAIL
from anso.kernel.questions.types.file import FILE
from anso.kernel.questions.types.longtext import LONGTEXT
from anso.kernel.questions.types.multichoice import MULTICHOICE
from anso.kernel.questions.types.number import NUMBER
from anso.kernel.questions.types.orcid import ORCID
from anso.kernel.questions.types.organisation import ORGANISATION
from anso.kernel.questions.types.partners import PARTNERS
from anso.kernel.questions.types.person import PERSON
from anso.kernel.questions.types.point import POINT
from anso.kernel.questions.types.ranking import RANKING
from anso.kernel.questions.types.rows import DEGREES, PUBLICATIONS
from anso.kernel.questions.types.statement import STATEMENT
from anso.kernel.questions.types.table import TABLE
from anso.kernel.questions.types.text import TEXT
from anso.kernel.questions.types.yesno import YESNO
from anso.kernel.wording import gettext_noop

QUESTION_TYPES: dict[str, QuestionType] = {
    question_type.code: question_type
    for question_type in (
        TEXT,
        LONGTEXT,
        NUMBER,
        DATE,
        CHOICE,
        MULTICHOICE,
        YESNO,
        COUNTRY,
        EMAIL,
        RANKING,
        FILE,
        STATEMENT,
        PERSON,
        PARTNERS,
        DEGREES,
        PUBLICATIONS,
        ORCID,
        TABLE,
        DOIS,
        POINT,
        ORGANISATION,
    )
}


def find_question_type(code: str) -> QuestionType:
    """Return the type with that code; refuses one that is not in the register."""
    if code not in QUESTION_TYPES:
        raise BadDefinition(gettext_noop("There is no question type “%(type)s”."), type=code)
    return QUESTION_TYPES[code]
