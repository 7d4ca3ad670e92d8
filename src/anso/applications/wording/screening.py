"""States and screening as staff read them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anso.calls.models import Call
from anso.calls.wording import entries_of
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


def question_before(call: Call, verb: str, count: int) -> str:
    """What is asked before so many applications are settled."""
    questions = {
        "confirm_eligible": _("Confirm %(entries)s as eligible?"),
        "reject_ineligible": _("Find %(entries)s not eligible?"),
        "reopen_screening": _("Take back the screening of %(entries)s?"),
    }
    return questions[verb] % {"entries": entries_of(call, count)}


def question_about(judged: JudgedRule) -> str:
    """What an officer is asked where a rule cannot judge; the answer is a reason."""
    if judged.result is not RuleResult.QUESTION:
        return _("What do you know of it, and from where?")
    if judged.rule.kind in ("differs", "same_organisation", "is_member"):
        return _("These look alike. Are they the same, and how do you know?")
    return _("Not enough is known to judge. What do you know of it, and from where?")
