"""States and screening as staff read them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


STATE_WORDS = {
    "draft": gettext_lazy("draft"),
    "submitted": gettext_lazy("submitted"),
    "eligible": gettext_lazy("eligible"),
    "ineligible": gettext_lazy("not eligible"),
    "invited": gettext_lazy("invited"),
    "decided": gettext_lazy("decided"),
    "withdrawn": gettext_lazy("withdrawn"),
}


def state_word(state: str) -> str:
    """A state as staff read it."""
    return str(STATE_WORDS[state])


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
