"""From a question of the question bank to the plain dict that the form renderer draws.

Belongs here: words in the reader's language, limits, options. Does not: whether a question applies,
nor checking answers.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from anso.kernel.places import read_point
from anso.kernel.questions.audiences import is_told_to_all, readers_of
from anso.kernel.questions.model import MEGABYTE, Audience, FileSlot, Meaning, Question
from anso.kernel.wording import Message, Text
from anso.ui.countries import country_name
from anso.ui.figures import in_figures, point_in_words
from anso.ui.instants import day_in_words

# Exactly those who have a page on which they read answers; whom a question names beside them is
# not printed, for nothing would hold to it.
READERS: dict[Audience, Promise | str] = {
    Audience.OFFICERS: gettext_lazy("programme officers of this call"),
    Audience.WRITERS: gettext_lazy("those you ask for a letter"),
    Audience.AGREEING: gettext_lazy("those you ask whether they agree"),
    Audience.MATCHED: gettext_lazy("those you may be matched with"),
    Audience.HOSTS: gettext_lazy("people of the hosts you name"),
    Audience.REVIEWERS: gettext_lazy("reviewers"),
    Audience.PANEL: gettext_lazy("the chair of the panel or jury"),
    Audience.AUDITORS: gettext_lazy("auditors"),
}

WITH_COUNTRIES = ("country", "partners", "degrees", "table")


def label_in(language: str, what: str) -> str:
    """What a field is called in which words of one language are typed: “Title in العربية”."""
    return gettext("%(what)s in %(language)s") % {"what": what, "language": language}


def in_reader_language(words: Mapping[str, str] | Text) -> str:
    """Return a text that is kept in several languages (a `Text`, or its plain mapping) in the
    reader's language.
    """
    text = words if isinstance(words, Text) else Text(words)
    return text.in_language(get_language() or "en")


def sentence(message: Message | None) -> str:
    """Return a message of the kernel in the reader's language, with its facts filled in; blank for
    none. A fact that is itself a text in several languages, or a message, is read in the same one.
    """
    if message is None:
        return ""
    translated = gettext(message.text)
    if not message.facts:
        return translated
    return translated % {name: _fact_in_words(fact) for name, fact in message.facts.items()}


def _fact_in_words(fact: Any) -> Any:
    if isinstance(fact, Text):
        return in_reader_language(fact)
    if isinstance(fact, tuple):
        return in_a_row(_fact_in_words(each) for each in fact)
    if isinstance(fact, dt.date) and not isinstance(fact, dt.datetime):
        return day_in_words(fact)
    return sentence(fact) if isinstance(fact, Message) else fact


def who_sees_sentence(question: Question, chair: str = "") -> str:
    """Say who will read the answer: those to whom every page and file keeps it; ``chair`` is how
    whoever chairs is called where that is known.
    """
    seen = _seen_by(readers_of(question), chair, get_language())
    if not is_told_to_all(question):
        return seen
    words = gettext("Of what is selected everybody reads it, once that is announced.")
    return f"{seen} {words}".strip()


def readers_called(chair: str) -> dict[Audience, Promise | str]:
    """How the readers of a call are called where ``chair`` says who chairs there."""
    return READERS | ({Audience.PANEL: chair} if chair else {})


@lru_cache(maxsize=1024)
def _seen_by(audiences: tuple[Audience, ...], chair: str, language: str | None) -> str:
    """The sentence in the language that is active, which ``language`` names."""
    called = readers_called(chair)
    words, readers = gettext("Seen by"), in_a_row(called[audience] for audience in audiences)
    return f"{words}: {readers}." if readers else ""


def limit_for(question: Question) -> dict[str, Any] | None:
    """Return the limit that a counter shows."""
    limit = question.limit
    if limit is None or limit.most is None or limit.unit not in {"words", "characters"}:
        return None
    return {"unit": limit.unit, "most": int(limit.most)}


def bounds_for(question: Question) -> dict[str, str]:
    """Return the least and most that the browser may point out by itself: dates and numbers."""
    if question.type == "date":
        return {
            "min": question.earliest.isoformat() if question.earliest else "",
            "max": question.latest.isoformat() if question.latest else "",
        }
    return {"step": "any"} if question.type == "number" else {}


def slot_words(slot: FileSlot | None) -> str:
    """Which files a question takes, how large and how many; blank for one that asks for none."""
    if slot is None:
        return ""
    kinds = join_words(slot.format_names())
    size = {"kinds": kinds, "size": in_megabytes(slot.max_bytes)}
    if slot.max_count > 1:
        text = gettext("%(kinds)s, each at most %(size)s MB; up to %(count)s files.")
        return text % (size | {"count": in_figures(slot.max_count)})
    return gettext("%(kinds)s, at most %(size)s MB.") % size


def in_megabytes(size: int) -> str:
    """A size of a file as people say it."""
    return in_figures(Decimal(size) / MEGABYTE)


def in_a_row(words: Iterable[object]) -> str:
    """Several things one after the other, with the comma of the reader's language."""
    return gettext(", ").join(str(word) for word in words)


def set_apart(parts: Iterable[object]) -> str:
    """Several things that hold commas of their own, parted as the reader's language does."""
    return gettext("; ").join(str(part) for part in parts)


def join_words(words: Iterable[str]) -> str:
    """Several words as one list: PDF, JPEG or PNG."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    first = gettext(", ").join(listed[:-1])
    return gettext("%(first)s or %(last)s") % {"first": first, "last": listed[-1]}


def say_once(entries: list[dict[str, Any]]) -> str:
    """Who sees most answers of a page, to be said once above them; fields of which it differs go on
    saying it themselves. Blank where no sentence would stand twice.
    """
    said = Counter(each["who_sees"] for each in entries if each.get("who_sees"))
    if not said:
        return ""
    (common, times), *others = said.most_common()
    if times < 2:
        return ""
    for each in entries:
        if each.get("who_sees") == common:
            each["who_sees"] = ""
    if not others:
        return common
    # By itself and not within the string: what stands in one is not found for translation.
    elsewhere = gettext("Where others see an answer, it says so there.")
    return f"{common} {elsewhere}"


def field_type(question: Question) -> str:
    """As what a question is drawn and read: a birth in three lines, since not everybody knows its
    day; anything else by its own type.
    """
    is_birth = question.type == "date" and Meaning.BIRTH_DATE in question.means
    return "birth" if is_birth else question.type


def field_spec_for(
    question: Question,
    value: Any = None,
    *,
    error: Message | str | None = None,
    options: tuple[tuple[str, str], ...] | None = None,
    chair: str = "",
    **more: Any,
) -> dict[str, Any]:
    """Return the plain dict of one question in the reader's language; `options` gives countries,
    `chair` how whoever chairs is called, `more` the upload's facts.
    """
    language = get_language() or "en"
    slot = question.file
    is_birth = field_type(question) == "birth"
    hints = [question.hint.in_language(language), slot_words(slot)]
    if is_birth:
        hints.append(gettext("In digits. Whoever only knows the year gives it alone."))
    if question.type == "point" and read_point(str(value or "")):
        hints.append(gettext("Understood as %(point)s.") % {"point": point_in_words(value)})
    own = tuple(
        (o.value, o.label.in_language(language), o.hint.in_language(language))
        + ((o.group.in_language(language),) if o.group else ())
        for o in question.options
    )
    return {
        "key": question.key,
        "type": field_type(question),
        "label": label_of(question, language),
        "hint": " ".join(filter(None, hints)),
        "why": question.why.in_language(language),
        "who_sees": who_sees_sentence(question, chair),
        "required": question.required,
        "limit": limit_for(question),
        "options": own if options is None else options,
        "autocomplete": "" if is_birth else question.autocomplete,
        # Agreed to in another edition, it is to be agreed to anew.
        "value": value == question.edition if question.edition else value,
        "error": sentence(error) if isinstance(error, Message) else (error or ""),
        **({"columns": question.columns} if question.columns else {}),
        **_slot_facts(slot),
        **({} if is_birth else bounds_for(question)),
        **more,
    }


def label_of(question: Question, language: str) -> str:
    """The question as it is asked; a statement with the edition that is agreed to."""
    label = question.label.in_language(language)
    if not question.edition:
        return label
    return gettext("%(statement)s (version %(edition)s)") % {
        "statement": label,
        "edition": question.edition,
    }


def _slot_facts(slot: FileSlot | None) -> dict[str, Any]:
    if slot is None:
        return {}
    return {
        "accept": ",".join(slot.accepts),
        "max_bytes": slot.max_bytes,
        "multiple": slot.max_count > 1,
    }


def field_specs_for(
    questions: tuple[Question, ...],
    answers: Mapping[str, Any],
    errors: Mapping[str, Message | str],
    countries: Callable[[], tuple[tuple[str, str], ...]] | None = None,
    chair: str = "",
) -> list[dict[str, Any]]:
    """Return the dicts of a page of questions with the answers and errors so far; countries are
    asked for only when needed.
    """
    entries = []
    for question in questions:
        options = None
        if countries and question.type in WITH_COUNTRIES:
            options = (*countries(), *((code, country_name(code)) for code in question.also))
        entries.append(
            field_spec_for(
                question,
                answers.get(question.key),
                error=errors.get(question.key),
                options=options,
                chair=chair,
            )
        )
    return entries
