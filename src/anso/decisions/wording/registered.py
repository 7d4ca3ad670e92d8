"""What decisions add to registers: their verbs in words, their pages on a call's desk, links."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from anso.calls.enums import Phase
from anso.calls.models import Call
from anso.calls.wording import DeskPage, page_of, public_page_of
from anso.decisions.enums import Result
from anso.decisions.models import Decision
from anso.kernel.registers import Register

VERBS: dict[str, Promise] = {
    "compute_selection": gettext_lazy("computed a selection"),
    "propose_selection": gettext_lazy("proposed a selection"),
    "return_selection": gettext_lazy("returned a selection"),
    "confirm_selection": gettext_lazy("confirmed a selection"),
    "supersede_selection": gettext_lazy("replaced a selection by a newer one"),
    "release_decisions": gettext_lazy("released the decisions"),
    "pass_words_on": gettext_lazy("passed on what reviewers wrote"),
    "release_decision": gettext_lazy("released a decision"),
    "withhold_place": gettext_lazy("decided not to award something"),
    "award_after_all": gettext_lazy("decided to award something after all"),
    "adjust_mean": gettext_lazy("moved a mean beside the reviews"),
    "undo_adjustment": gettext_lazy("took back that a mean was moved"),
    "word_adjustment": gettext_lazy("worded why a mean was moved"),
    "file_appeal": gettext_lazy("asked for a review of a decision"),
    "withdraw_appeal": gettext_lazy("took a request for a review back"),
    "uphold_appeal": gettext_lazy("upheld a request for a review"),
    "reject_appeal": gettext_lazy("did not uphold a request for a review"),
    "correct_decision": gettext_lazy("corrected a decision"),
}
KINDS: dict[str, Promise] = {
    "decisions.selectionrun": gettext_lazy("selection run"),
    "decisions.decision": gettext_lazy("decision"),
    "decisions.adjustment": gettext_lazy("adjustment beside the reviews"),
    "decisions.notawarded": gettext_lazy("what is not awarded"),
    "decisions.appeal": gettext_lazy("request for a review"),
}
# What the kinds of mail are called on the desk.
MAIL_KINDS: dict[str, Promise] = {
    "decisions.waiting": gettext_lazy("result: waiting list"),
    "decisions.unplaced": gettext_lazy("result: not selected"),
    "decisions.ineligible": gettext_lazy("result: not eligible"),
    "decisions.invited": gettext_lazy("result: invited to the next step"),
    "decisions.advanced": gettext_lazy("result: goes on to the next step"),
    "decisions.rejected": gettext_lazy("result: does not go on"),
    "decisions.corrected": gettext_lazy("result corrected"),
    "decisions.appeal_filed": gettext_lazy("request for a review arrived"),
    "decisions.appeal_answered": gettext_lazy("request for a review answered"),
    "decisions.proposed": gettext_lazy("selection proposed to the chair"),
    "decisions.returned": gettext_lazy("selection returned by the chair"),
}
DESK_PAGES = {
    "decisions:ranking": DeskPage(
        gettext_lazy("Ranking"), page_of("decisions:ranking"), True, Phase.SELECTION
    ),
    "decisions:decisions": DeskPage(
        gettext_lazy("Decisions"), page_of("decisions:decisions"), True, Phase.SELECTION
    ),
    "decisions:appeals": DeskPage(
        gettext_lazy("Requests for a review"), page_of("decisions:appeals"), True, Phase.SELECTION
    ),
}
# Where further things are done with a released decision, by apps above.
DECISION_LINKS: Register[Callable[[Decision], str]] = Register("links of a decision")


def decision_link(word: str, decision: Decision) -> str:
    """The address of a link of a decision; blank when no app of this site registered it."""
    address = DECISION_LINKS.get(word)
    return address(decision) if address else ""


# What whoever releases reads first: what apps above will tell, or leave out, from then on.
BEFORE_RELEASE: Register[Callable[[Call], list[str]]] = Register("said before a release")


def told_before_release(call: Call) -> list[str]:
    """What apps above say before the release of a call, one line each."""
    return [line for say in BEFORE_RELEASE.values() for line in say(call)]


CALL_LINKS = {"draws": public_page_of("decisions:public_draw")}


def decision_in_words(label: str) -> str:
    """A decision as the record names it: the number, and what was decided."""
    number, _space, result = label.partition(" ")
    return f"{number}: {Result(result).label}" if result in Result.values else label


LABELS = {"decisions.decision": decision_in_words}
MAILINGS = {"decisions.outcomes": gettext_lazy("Decisions and offers")}
