"""What becomes of what is not taken, in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.awards.models import Offer
from anso.programmes.wording import CallWords
from anso.ui.question_fields import in_a_row

# What is said in place of the words of an outcome where nothing is passed on; else nothing.
KEPT_BACK = {
    "passes_on_for_good": gettext_lazy("You cannot take it back."),
    "passes_on_thanks": gettext_lazy("Thank you for telling us early."),
}


def passing_on(offer: Offer, words: CallWords, sentence: str = "passes_on") -> str:
    """To whom goes what is not taken: the next on the list, if there is one. What a correction gave
    beside the number of the call goes to nobody.
    """
    return str(KEPT_BACK.get(sentence, "")) if offer.is_by_correction else words[sentence]


def what_follows(offer: Offer | None, following: Sequence[str]) -> list[str]:
    """What happens to others at once when the application of an offer leaves the selection."""
    if offer is not None and offer.is_by_correction:
        return [_("It was given by a correction, and is passed on to nobody.")]
    if not following:
        return [_("Nobody is next on the list: what was offered stays free.")]
    text = _("Something is offered at once to %(numbers)s.")
    return [text % {"numbers": in_a_row(following)}]
