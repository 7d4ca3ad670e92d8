"""Who acts for the bodies of a call, in words: pages and mails speak of the panel, of the jury or
of the body that confers, as the call has it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.calls.enums import BodyFunction
from anso.calls.models import Call
from anso.calls.queries.bodies import confirming_function_of, judging_function_of


@dataclass(frozen=True)
class BodyWords:
    """How a body is spoken of by its function: the body itself, who acts for it, and what becomes
    of a selection that they have before them.
    """

    body: Promise
    chair: Promise
    Chair: Promise
    send: Promise
    not_sent: Promise
    waits: Promise
    confirmed: Promise
    confirms: Promise
    returned: Promise
    reviews: Promise
    presiding: Promise
    as_chair: Promise
    as_member: Promise
    people: Promise


BODY_WORDS: dict[BodyFunction, BodyWords] = {
    BodyFunction.PANEL: BodyWords(
        body=_("the panel"),
        chair=_("the chair of the panel"),
        Chair=_("The chair of the panel"),
        send=_("Send to the chair of the panel"),
        not_sent=_("not yet sent to the chair of the panel"),
        waits=_("waits for the chair of the panel"),
        confirmed=_("confirmed by the chair of the panel"),
        confirms=_("The chair of the panel confirms the result."),
        returned=_("returned by the chair of the panel"),
        reviews=_("For the panel"),
        presiding=_("You chair the panel of %(call)s."),
        as_chair=_("chair of the panel"),
        as_member=_("member of the panel"),
        people=_("Chair and members of the panel"),
    ),
    BodyFunction.JURY: BodyWords(
        body=_("the jury"),
        chair=_("the chair of the jury"),
        Chair=_("The chair of the jury"),
        send=_("Send to the chair of the jury"),
        not_sent=_("not yet sent to the chair of the jury"),
        waits=_("waits for the chair of the jury"),
        confirmed=_("confirmed by the chair of the jury"),
        confirms=_("The chair of the jury confirms the result."),
        returned=_("returned by the chair of the jury"),
        reviews=_("For the jury"),
        presiding=_("You chair the jury of %(call)s."),
        as_chair=_("chair of the jury"),
        as_member=_("member of the jury"),
        people=_("Chair and members of the jury"),
    ),
    BodyFunction.CONFERRING: BodyWords(
        body=_("the body that confers"),
        chair=_("whoever presides over the body that confers"),
        Chair=_("Whoever presides over the body that confers"),
        send=_("Propose to the body that confers"),
        not_sent=_("not yet proposed to the body that confers"),
        waits=_("waits for the body that confers"),
        confirmed=_("confirmed by the body that confers"),
        confirms=_("The body that confers confirms the result."),
        returned=_("returned by the body that confers"),
        reviews=_("For the body that confers"),
        presiding=_("You preside over the body that confers in %(call)s."),
        as_chair=_("president of the body that confers"),
        as_member=_("member of the body that confers"),
        people=_("President and members of the body that confers"),
    ),
}


def judging_words(call: Call) -> BodyWords:
    """The words of the panel or jury."""
    return BODY_WORDS[judging_function_of(call)]


def chair_of(call: Call) -> str:
    """How whoever chairs is called."""
    return str(judging_words(call).chair)


def confirming_words(call: Call) -> BodyWords:
    """The words of the body whose chair confirms a selection."""
    return BODY_WORDS[confirming_function_of(call)]
