"""What went wrong, in the reader's words, whichever way an action said no."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anso.kernel.errors import ProductError, Refusal
from anso.kernel.lifecycle import StaleTransition
from anso.ui.question_fields import sentence


def words_of_refusal(refusal: Refusal) -> str:
    """The reasons of a rule, the sentence of a refusal, or that the page has aged."""
    if isinstance(refusal, ProductError):
        return sentence(refusal.message)
    if isinstance(refusal, StaleTransition):
        return _("This has changed since you looked. Look again.")
    return str(refusal.verdict)
