"""What an applicant reads of somebody in a list who refused: they are not counted, and whether the
rules of the call are met without them.
"""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from anso.applications.models import Letter
from anso.applications.queries.left_out import LeftOut, left_out
from anso.ui.question_fields import in_reader_language


def left_out_in_words(letter: Letter) -> str:
    """That whoever refused is not counted, and what it means for the rules; blank where what was
    asked of them is still required.
    """
    found = left_out(letter)
    if found is None:
        return ""
    name = {"name": letter.full_name}
    words = gettext("%(name)s is not counted; those who agree go on without them.") % name
    return " ".join(filter(None, (words, rules_without(found))))


def rules_without(found: LeftOut) -> str:
    """What the rules of the call on who takes part say of those who stay."""
    if found.failed:
        rules = " ".join(in_reader_language(each.rule.sentence) for each in found.failed)
        text = ngettext(
            "Without them a rule of the call is not met: %(rules)s",
            "Without them rules of the call are not met: %(rules)s",
            len(found.failed),
        )
        return text % {"rules": rules}
    if found.is_open:
        return gettext("Without them a rule of the call cannot be judged yet.")
    return gettext("The rules of the call on who takes part are met.") if found.is_judged else ""
