"""Letters in words: how far each is, what is asked of each kind of writer, why one is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy

from anso.applications.models import Letter
from anso.applications.queries.answers import facts_told_to_writers, name_told_to_writers
from anso.applications.queries.letters import letter_due_at
from anso.calls.queries import get_terms, title_of
from anso.kernel.questions import Meaning

STATES = {
    "named": (gettext_lazy("not asked yet"), ""),
    "open": (gettext_lazy("nobody named"), "attn"),
    "waiting": (gettext_lazy("mail on its way"), "act"),
    "sent": (gettext_lazy("mail sent"), "act"),
    "bounced": (gettext_lazy("mail came back"), "stop"),
    "opened": (gettext_lazy("opened"), "act"),
    "completed": (gettext_lazy("done"), "good"),
    "declined": (gettext_lazy("declined"), "stop"),
}


def letter_state(code: str) -> dict[str, str]:
    """How far a letter is, as a word and the tone of its tag."""
    word, tone = STATES[code]
    return {"word": str(word), "tone": tone}


@dataclass(frozen=True)
class Asked:
    """How the page says what it asks of one kind of writer."""

    heading: Promise
    sentence: Promise
    button: Promise
    is_about_applicant: bool = True


ASKED = {
    "referee": Asked(
        gettext_lazy("A letter about {applicant}"),
        gettext_lazy("{applicant} applies for {call} and asks you for a letter."),
        gettext_lazy("Send the letter"),
    ),
    "supervisor": Asked(
        gettext_lazy("Would you supervise {applicant}?"),
        gettext_lazy(
            "{applicant} applies for {call} and names you as supervisor at {host}. Would you take"
            " this applicant?"
        ),
        gettext_lazy("Send my answer"),
    ),
    "supporter": Asked(
        gettext_lazy("A letter about {title}"),
        gettext_lazy(
            "{applicant} nominates {title} for {call} and asks you for a letter of support."
        ),
        gettext_lazy("Send the letter"),
        is_about_applicant=False,
    ),
    "nominee": Asked(
        gettext_lazy("Do you agree to be nominated?"),
        gettext_lazy(
            "{applicant} nominates {title} for {call}. A nomination counts only if the nominee"
            " agrees."
        ),
        gettext_lazy("Send my answer"),
        is_about_applicant=False,
    ),
}


CLOSED = {
    "unknown": (
        gettext_lazy("This link does not work"),
        gettext_lazy(
            "It may have been cut off by your mail program, replaced by a newer one, or have"
            " expired. Open the newest mail from us about this letter, or write to us."
        ),
    ),
    "replaced": (
        gettext_lazy("This letter is no longer needed"),
        gettext_lazy(
            "The applicant asked somebody else or withdrew. You do not have to do anything."
            " Thank you."
        ),
    ),
    "withdrawn": (
        gettext_lazy("This letter is no longer needed"),
        gettext_lazy("The application was withdrawn. You do not have to do anything. Thank you."),
    ),
    "late": (
        gettext_lazy("The time for this letter is over"),
        gettext_lazy(
            "Letters for this call were due earlier. You do not have to do anything. Thank you."
        ),
    ),
    "declined": (
        gettext_lazy("You declined to write"),
        gettext_lazy(
            "Thank you for telling us. If you changed your mind, ask the applicant to send you"
            " a new link."
        ),
    ),
}


def closed_words(reason: str) -> tuple[str, str]:
    """Why a letter cannot be written, in the reader's words."""
    title, text = CLOSED[reason]
    return str(title), str(text)


def letter_context(opened: Letter, token: str, now: Any) -> dict[str, Any]:
    """What every page of a writer says: who asks, for which call, by when."""
    application, asked = opened.application, ASKED[opened.kind]
    rule = get_terms(application.call).letter_rule(opened.kind)
    named = names_in(opened, get_language() or "en")
    return {
        "letter": opened,
        "token": token,
        "now": now,
        "proposal": named["title"] if asked.is_about_applicant else "",
        "sentence": format_html(
            str(asked.sentence),
            **{name: format_html("<b><bdi>{}</bdi></b>", words) for name, words in named.items()},
        ),
        "button": asked.button,
        "due_at": letter_due_at(opened),
        "zone": application.call.zone,
        "minutes": rule.minutes if rule else 10,
        "heading": str(asked.heading).format(**named),
    }


def names_in(opened: Letter, language: str) -> dict[str, str]:
    """Whom and what the sentences of ``ASKED`` name, in a language."""
    application = opened.application
    hosts = {host.key: host.label for host in get_terms(application.call).hosts}
    host = hosts.get(opened.host)
    return {
        "applicant": name_told_to_writers(application),
        "title": facts_told_to_writers(application).get(Meaning.TITLE, ""),
        "call": title_of(application.call).in_language(language),
        "host": host.in_language(language) if host is not None else opened.host,
    }
