"""Applications that may be of one person, in words: a question, never a verdict."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anso.applications.enums import SameWhat
from anso.applications.models import Application, Namesake


def namesake_in_words(pair: Namesake, other: Application) -> str:
    """What two applications have in common, as the one tells of the other."""
    facts = {"number": other.number, "name": other.subject_name}
    texts = {
        SameWhat.BOTH: _(
            "In this call another bears the same name and birth date: %(number)s, %(name)s."
        ),
        SameWhat.BIRTH_NEAR_NAME: _(
            "In this call another bears the same birth date and a name that looks alike:"
            " %(number)s, %(name)s."
        ),
        SameWhat.NAME_NEAR_BIRTH: _(
            "In this call another bears the same name and a birth date that may be the same:"
            " %(number)s, %(name)s."
        ),
        SameWhat.NAME: _(
            "In this call another bears the same name and country; birth dates were not asked"
            " for: %(number)s, %(name)s."
        ),
    }
    return texts[SameWhat(pair.same)] % facts


def answer_in_words(pair: Namesake) -> str:
    """What an officer answered; blank before."""
    if pair.is_one_person is None:
        return ""
    return _("One person") if pair.is_one_person else _("Two people")
