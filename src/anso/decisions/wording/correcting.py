"""What is said of a decision that was corrected."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anso.applications.queries.answers import applicant_name
from anso.applications.queries.participants import is_written_for_others
from anso.applications.wording import application_link
from anso.calls.queries import get_terms
from anso.decisions.enums import Result
from anso.decisions.models import Decision
from anso.decisions.queries.appeals import appeal_days_of
from anso.decisions.wording.appeals import appeal_in_words
from anso.decisions.wording.placements import result_words
from anso.programmes.wording import CallWords
from anso.ui.question_fields import in_reader_language


def correction_told(decision: Decision) -> dict[str, str]:
    """What the mail about a correction may say: what is decided now, and why."""
    application = decision.application
    words = CallWords(get_terms(application.call))
    result = _("What is decided now: %(result)s.") % {
        "result": result_words(decision.result, words)
    }
    if decision.result == Result.SELECTED:
        # Whoever wrote for somebody else is offered nothing, and answers nothing.
        apart = (
            _("What follows from it comes in a mail of its own.")
            if is_written_for_others(application)
            else _("What is offered, and how to answer, comes in a mail of its own.")
        )
        result = f"{result} {apart}"
    return {
        "name": applicant_name(application),
        "number": application.number,
        "call": in_reader_language(application.call.title),
        "result": result,
        "because": decision.reason,
        "appeal": appeal_in_words(decision, appeal_days_of(decision)),
        "url": application_link("result", application),
    }
