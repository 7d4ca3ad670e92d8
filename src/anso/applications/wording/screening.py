"""States and screening as staff read them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anso.kernel.eligibility import JudgedRule, RuleResult

STATE_TONES = {
    "draft": "",
    "submitted": "act",
    "eligible": "good",
    "ineligible": "stop",
    "invited": "act",
    "decided": "good",
    "withdrawn": "",
}


def state_word(state: str) -> str:
    """A state as staff read it."""
    words = {
        "draft": _("draft"),
        "submitted": _("submitted"),
        "eligible": _("eligible"),
        "ineligible": _("not eligible"),
        "invited": _("invited"),
        "decided": _("decided"),
        "withdrawn": _("withdrawn"),
    }
    return words[state]


def state_tone(state: str) -> str:
    """The tone of its tag."""
    return STATE_TONES[state]


def screening_verb(verb: str) -> str:
    """What is done with applications that are screened, as it stands on the button."""
    words = {
        "confirm_eligible": _("Confirm as eligible"),
        "reject_ineligible": _("Find not eligible"),
        "reopen_screening": _("Take the result back"),
    }
    return words[verb]


def question_before(verb: str, count: int) -> str:
    """What is asked before so many applications are settled."""
    questions = {
        "confirm_eligible": ngettext(
            "Confirm %(n)d application as eligible?",
            "Confirm %(n)d applications as eligible?",
            count,
        ),
        "reject_ineligible": ngettext(
            "Find %(n)d application not eligible?", "Find %(n)d applications not eligible?", count
        ),
        "reopen_screening": ngettext(
            "Take back the result of %(n)d application?",
            "Take back the results of %(n)d applications?",
            count,
        ),
    }
    return questions[verb] % {"n": count}


def question_about(judged: JudgedRule) -> str:
    """What an officer is asked where a rule cannot judge; the answer is a reason."""
    if judged.result is not RuleResult.QUESTION:
        return _("What do you know of it, and from where?")
    if judged.rule.kind == "differs":
        return _("These look alike. Are they the same, and how do you know?")
    return _("Not enough is known to judge. What do you know of it, and from where?")
