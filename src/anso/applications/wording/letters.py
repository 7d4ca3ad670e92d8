"""Letters in words: how far each is, what is asked of each kind of writer, why one is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from django.utils.html import format_html
from django.utils.translation import get_language, gettext, gettext_lazy

from anso.applications.models import Application, Letter
from anso.applications.queries.answers import (
    facts_told_to_writers,
    get_form_of,
    get_submitted_form,
    name_told_to_writers,
)
from anso.applications.queries.enquiries import questions_shown_to
from anso.applications.queries.left_out import left_out
from anso.applications.queries.letters import (
    LetterStatus,
    due_by_rule,
    letter_due_at,
    letter_form_of,
    new_letter_due_at,
)
from anso.applications.queries.required_letters import Lack
from anso.applications.wording.left_out import left_out_in_words
from anso.calls.models import Call
from anso.calls.queries import get_terms, title_of
from anso.calls.wording import (
    need_in_short,
    need_told,
    need_told_after_day,
    need_told_to_writer,
    published_in_words,
)
from anso.kernel.participants import NOMINEE
from anso.kernel.questions import Meaning, Question
from anso.kernel.terms import LetterWords, Terms
from anso.kernel.wording import Text
from anso.ui.fields import with_colon
from anso.ui.figures import in_figures
from anso.ui.question_fields import in_a_row, in_reader_language, set_apart

STATES = {
    "named": (gettext_lazy("not asked yet"), ""),
    "open": (gettext_lazy("nobody named"), "attn"),
    "waiting": (gettext_lazy("mail on its way"), "act"),
    "sent": (gettext_lazy("mail sent"), "act"),
    "bounced": (gettext_lazy("mail came back"), "stop"),
    "opened": (gettext_lazy("opened"), "act"),
    "asking": (gettext_lazy("asks something first"), "attn"),
    "completed": (gettext_lazy("done"), "good"),
    "agreed": (gettext_lazy("agreed"), "good"),
    "refused": (gettext_lazy("answered No"), "stop"),
    "declined": (gettext_lazy("declined"), "stop"),
}


def letter_state(code: str) -> dict[str, str]:
    """How far a letter is, as a word and the tone of its tag."""
    word, tone = STATES[code]
    return {"word": str(word), "tone": tone}


CLOSED = {
    "unknown": (
        gettext_lazy("This link does not work"),
        gettext_lazy(
            "It may have been cut off by your mail program. Open it from our mail once more, or"
            " write to us."
        ),
    ),
    "replaced": (
        gettext_lazy("This letter is no longer needed"),
        gettext_lazy(
            "Somebody else was asked, or you at another address. You do not have to do anything."
            " Thank you."
        ),
    ),
    "withdrawn": (
        gettext_lazy("This letter is no longer needed"),
        gettext_lazy("What it was for was withdrawn. You do not have to do anything. Thank you."),
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
            "Thank you for telling us. If you changed your mind, you can write after all until the"
            " letter is due, as long as nobody else was named."
        ),
    ),
}


def closed_words(reason: str) -> tuple[str, str]:
    """Why a letter cannot be written, in the reader's words."""
    title, text = CLOSED[reason]
    return str(title), str(text)


def shown_to_writers(application: Application, kind: str) -> list[str]:
    """What the writers of one kind of letter read on their page, as its questions are called."""
    submission = application.submission
    form = get_submitted_form(submission) if submission else get_form_of(application)
    return labels_of(questions_shown_to(form, application.call, kind))


def shown_in_words(application: Application, kind: str) -> str:
    """What an applicant is told, before asking, of what the writer will read; blank for nothing
    more than the name and the call.
    """
    shown = shown_to_writers(application, kind)
    text = gettext("On their page they read of yours, as far as it is there: %(shown)s.")
    return text % {"shown": in_a_row(shown)} if shown else ""


def labels_of(questions: Iterable[Question]) -> list[str]:
    """How questions are called, in the reader's language."""
    language = get_language() or "en"
    return [each.label.in_language(language) for each in questions]


def texts_typed(letter: Letter) -> list[tuple[str, str]]:
    """What the writer of a letter typed, each text under its question: theirs to keep, whatever
    became of the letter.
    """
    return [
        (in_reader_language(question.label), str(letter.answers[question.key]))
        for question in letter_form_of(letter).questions()
        if question.type in {"text", "longtext"} and letter.answers.get(question.key)
    ]


def lack_in_words(lack: Lack, terms: Terms) -> str:
    """What is lacking, in a few words: its name, for which host, how many of how many."""
    name = in_reader_language(lack.rule.words.name) or lack.rule.kind
    if lack.host:
        hosts = {host.key: in_reader_language(host.label) for host in terms.hosts}
        name = gettext("%(letter)s for %(host)s") % {
            "letter": name,
            "host": hosts.get(lack.host, lack.host),
        }
    if lack.needed == 1:
        return name
    return gettext("%(letter)s (%(given)s of %(needed)s)") % {
        "letter": name,
        "given": in_figures(lack.given),
        "needed": in_figures(lack.needed),
    }


def lacks_in_words(lacks: Iterable[Lack], terms: Terms) -> str:
    """Everything that is lacking, in one line; blank where nothing is."""
    return set_apart(lack_in_words(lack, terms) for lack in lacks)


def lack_codes(terms: Terms) -> list[tuple[str, str]]:
    """What can be lacking in a call: the code by which lists name it, and its words."""
    needed = [
        Lack(rule, host, 0, 1)
        for rule in terms.letters
        if rule.is_required
        for host in dict.fromkeys(rule.hosts.values() or ("",))
    ]
    return [(lack.code, lack_in_words(lack, terms)) for lack in needed]


def letters_options(terms: Terms) -> list[tuple[str, str]]:
    """What a list may be narrowed to by the letters of a call: by those that it requires, and by
    what came of any, before the submission too.
    """
    codes = lack_codes(terms)
    required = [("none", gettext("nothing lacking")), ("any", gettext("something lacking"))]
    return [
        *(required if codes else ()),
        *((code, gettext("lacking: %(letter)s") % {"letter": words}) for code, words in codes),
        ("no_letter", gettext("no letter yet")),
        ("waited_for", gettext("a letter waited for")),
    ]


def lacking_in_list(application: Application, terms: Terms) -> str | None:
    """What a submitted application lacks, as lists of officers say it; None where the question does
    not arise: before the submission, or in a call that requires nothing of others.
    """
    words = dict(lack_codes(terms))
    if not words or application.submitted_at is None:
        return None
    return set_apart(words.get(code, code) for code in application.lacks)


def need_of_lack(lack: Lack, application: Application) -> str:
    """What becomes of the application as long as this is lacking."""
    due_at = lack.due_at or new_letter_due_at(application, lack.rule)
    return need_told(lack.rule, due_at, application.call, lack.host)


def lack_told(lack: Lack, application: Application) -> str:
    """What is lacking, and what becomes of the application as long as it is."""
    words = lack_in_words(lack, get_terms(application.call))
    return f"{with_colon(words)} {need_of_lack(lack, application)}"


def needs_by_question(application: Application, questions: Iterable[Question]) -> dict[str, str]:
    """What becomes of the application without the writer that each of these questions names."""
    asked = {question.key for question in questions}
    return {
        key: need_told(
            rule, new_letter_due_at(application, rule), application.call, rule.hosts.get(key, "")
        )
        for rule in get_terms(application.call).letters
        for key in rule.asked_in
        if key in asked
    }


def need_of_slot(status: LetterStatus, due_at: dt.datetime, call: Call) -> str:
    """The same of one slot; beside a letter that was asked for, the day has a line of its own."""
    rule, host = status.slot.rule, status.slot.host.key if status.slot.host else ""
    if status.letter is not None:
        return left_out_in_words(status.letter) or need_told_after_day(rule, call, host)
    return need_told(rule, due_at, call, host)


def need_of_status(status: LetterStatus, call: Call, ends: Mapping[str, dt.datetime]) -> str:
    """The same in short, for a line about one writer; ``ends`` says for each kind until when a
    letter counts that is asked for now.
    """
    rule, letter = status.slot.rule, status.letter
    if letter is not None and left_out(letter) is not None:
        return gettext("not counted")
    due_at = due_by_rule(letter, call, rule) if letter else ends[rule.kind]
    return need_in_short(rule, due_at, call.zone)


def need_of(letter: Letter) -> str:
    """What becomes of the application without this letter, as its applicant reads it after
    the day until which it counts.
    """
    rule = get_terms(letter.application.call).letter_rule(letter.kind)
    if rule is None:
        return ""
    told = left_out_in_words(letter)
    return told or need_told_after_day(rule, letter.application.call, letter.host)


def need_of_for_writer(letter: Letter) -> str:
    """The same as whoever is asked reads it."""
    application = letter.application
    rule = get_terms(application.call).letter_rule(letter.kind)
    if rule is None:
        return ""
    return need_told_to_writer(
        rule,
        application.call,
        applicant=name_told_to_writers(application),
        host=letter.host,
    )


def letter_words(letter: Letter, language: str) -> dict[str, str]:
    """What whoever is asked for a letter is told of it, in a language: in the words that the
    programme declared and the terms of the call froze.
    """
    named = names_in(letter, language)
    return {
        part: words.in_language(language).format(**named)
        for part, words in _declared(letter).items()
    }


def letter_context(opened: Letter, token: str, now: Any) -> dict[str, Any]:
    """What every page of a writer says: who asks, for which call, by when."""
    language, declared = get_language() or "en", _declared(opened)
    named, words = names_in(opened, language), letter_words(opened, language)
    marked = {name: format_html("<b><bdi>{}</bdi></b>", text) for name, text in named.items()}
    request = declared["request"].in_language(language)
    terms = get_terms(opened.application.call)
    rule = terms.letter_rule(opened.kind)
    return {
        "letter": opened,
        "call_title": named["call"],
        "token": token,
        "now": now,
        "proposal": "" if "{title}" in request else named["title"],
        "sentence": format_html(request, **marked),
        "button": words["button"],
        "readers": words["readers"],
        "due_at": letter_due_at(opened),
        "zone": opened.application.call.zone,
        "minutes": rule.minutes if rule else 10,
        "heading": words["heading"],
        "need": need_of_for_writer(opened),
        "applicant": named["applicant"],
        # Whoever is nominated decides about their own name.
        "published": published_in_words(terms) if opened.kind == NOMINEE else [],
    }


def _declared(letter: Letter) -> dict[str, Text]:
    rule = get_terms(letter.application.call).letter_rule(letter.kind)
    words = rule.words if rule else LetterWords()
    return {part.name: getattr(words, part.name) for part in fields(words)}


def names_in(opened: Letter, language: str) -> dict[str, str]:
    """Whom and what the words of a letter name, in a language."""
    application = opened.application
    hosts = {host.key: host.label for host in get_terms(application.call).hosts}
    host = hosts.get(opened.host)
    return {
        "applicant": name_told_to_writers(application),
        "title": facts_told_to_writers(application).get(Meaning.TITLE, ""),
        "call": title_of(application.call).in_language(language),
        "host": host.in_language(language) if host is not None else opened.host,
        "count": "",
    }
