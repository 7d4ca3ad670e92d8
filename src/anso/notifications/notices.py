"""Turning a notice and its facts into a subject and a text in the reader's language. Sending is
elsewhere.

Only plain values of the declared fields reach a template, so that no template can show more than
its notice says.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.utils.encoding import force_str
from django.utils.translation import gettext, override

from anso.kernel.errors import BadInput
from anso.kernel.notices import LINK, Notice
from anso.kernel.periods import names_a_year
from anso.kernel.registers import Register
from anso.kernel.wording import Text, gettext_noop
from anso.notifications.models import Mailing, Message
from anso.ui.question_fields import in_a_row

SUBJECT_LIMIT = 300
SUBJECTS, BETWEEN = " / ", "— — —"
_OWN_LINK, _LINE = "\ue001", "\ue002"
_MARKUP = re.compile(r"<(time|bdi|code|span)\b[^>]*>(.*?)</\1>", re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")
_PLACE = re.compile(r"\{([^{}\n]*)\}")
# Where a letter leads: who has no account finds a personal link there.
_ADDRESSES = ("page", "url")

# By its code: what may be written as letters of a mailing. Each app adds its own.
LETTERS: Register[Notice] = Register("letters that are prepared")


TEST = Notice(
    code="notifications.test",
    audience="the officer who tries a letter",
    template="notifications/mail/test.txt",
    fields=("subject", "body"),
)


class UndeclaredFieldError(LookupError):
    """The caller gave a notice facts that it does not declare, or left out one that it does: a
    defect of the program.
    """


@dataclass(frozen=True)
class RenderedNotice:
    """A notice as one reader will read it; the link, if there is one, is still a placeholder."""

    subject: str
    body: str
    language: str


def render_notice(notice: Notice, fields: Mapping[str, Any], language: str) -> RenderedNotice:
    """Write a notice in a language: the first line of its template is the subject, the rest the
    text.

    Refuses facts that the notice does not declare. What people typed cannot add a header, a line to
    the subject, or a link.
    """
    if set(fields) != set(notice.fields):
        wrong = sorted(set(fields) ^ set(notice.fields))
        raise UndeclaredFieldError(
            f"{notice.code}: the template declares {sorted(notice.fields)}; at odds: {wrong}"
        )
    known = {code for code, _ in settings.LANGUAGES}
    chosen = language if language in known else settings.LANGUAGE_CODE
    with override(chosen):
        context = {name: _plain(value, chosen) for name, value in fields.items()}
        context |= {"link": _OWN_LINK, "alliance": _alliance(), "site_url": settings.SITE_URL}
        template = engines["django"].engine.get_template(notice.template)  # type: ignore[attr-defined]  # Django's own engine
        text = template.render(Context(context, autoescape=False))
    return _split(text, chosen)


@dataclass(frozen=True)
class LetterText:
    """The words of a letter, with ``{name}`` where something of its reader comes in."""

    subject: str
    body: str


def lasting(
    texts: Mapping[str, Mapping[str, Mapping[str, str]]],
) -> dict[str, dict[str, Mapping[str, str]]]:
    """Of officers' words those that another edition may say too: not what was written to chosen
    people on one occasion, and nothing that names a year.
    """
    kept = {
        code: {
            language: text
            for language, text in words.items()
            if not any(names_a_year(part) for part in text.values())
        }
        for code, words in texts.items()
        if code in LETTERS and not LETTERS[code].is_unworded
    }
    return {code: words for code, words in kept.items() if words}


def text_of_letter(
    notice: Notice, texts: Mapping[str, Mapping[str, Mapping[str, str]]], language: str
) -> LetterText:
    """The officer's words where there are some; else those of the notice, with a place for each of
    its facts.
    """
    own = texts.get(notice.code, {}).get(language)
    if own:
        return LetterText(own["subject"], own["body"])
    written = render_notice(notice, {name: f"{{{name}}}" for name in notice.fields}, language)
    return LetterText(written.subject, written.body)


def text_of(letter: Message, mailing: Mailing | None) -> LetterText:
    """The words of one letter: its own where an officer gave it some, else those of its kind."""
    if letter.own_text:
        return LetterText(letter.own_text["subject"], letter.own_text["body"])
    texts = mailing.texts if mailing else {}
    return text_of_letter(LETTERS[letter.code], texts, letter.language)


def written_whole(letter: Message, mailing: Mailing | None) -> RenderedNotice:
    """A letter of a mailing in the languages of its reader. The words that an officer gave to one
    reader alone are the whole of it: what they do not say is said in no other language either.
    """
    first = write_letter(text_of(letter, mailing), letter.facts, letter.language)
    if not letter.second_language or letter.own_text:
        return first
    texts = mailing.texts if mailing else {}
    text = text_of_letter(LETTERS[letter.code], texts, letter.second_language)
    second = write_letter(text, letter.second_facts, letter.second_language)
    return in_both(first, second)


def in_both(first: RenderedNotice, second: RenderedNotice) -> RenderedNotice:
    """One mail in two languages, one whole after the other; its first line tells readers of the
    second that theirs follows.
    """
    room = (SUBJECT_LIMIT - len(SUBJECTS)) // 2
    subject = SUBJECTS.join(each.subject[:room] for each in (first, second))
    with override(second.language):
        # Said in the second language, which it names: a translation names itself, not English.
        ahead = gettext("The same in English is below.")
    body = f"{ahead}\n\n{first.body.strip()}\n\n{BETWEEN}\n\n{second.body.strip()}\n"
    return RenderedNotice(subject, body, first.language)


def parts_of_mail(text: str, languages: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The paragraphs of a mail by their language: those of the first, then those of the second,
    whose line stands ahead of all.
    """
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    if len(languages) == 1 or BETWEEN not in paragraphs:
        return [(languages[0], paragraphs)]
    at = paragraphs.index(BETWEEN)
    return [
        (languages[1], paragraphs[:1]),
        (languages[0], paragraphs[1:at]),
        (languages[1], paragraphs[at + 1 :]),
    ]


def facts_of_letter(
    notice: Notice, fields: Mapping[str, Any], language: str, *, has_link: bool = False
) -> dict[str, str]:
    """What a letter may say of its reader, as texts; none of them can add a link of its own."""
    facts = {name: _as_text(_plain(fields[name], language)) for name in notice.fields}
    places = {name: LINK for name in _ADDRESSES if has_link and facts.get(name) == ""}
    return facts | places


def write_letter(text: LetterText, facts: Mapping[str, str], language: str) -> RenderedNotice:
    """A letter as its reader gets it. A paragraph about something that there is not of this reader
    is left out.
    """

    def said(part: str) -> str:
        return _PLACE.sub(lambda found: facts.get(found[1], found[0]), part)

    def is_said(part: str) -> bool:
        places = _PLACE.findall(part)
        return not places or any(facts.get(name, name) for name in places)

    body = "\n\n".join(said(part) for part in text.body.split("\n\n") if is_said(part))
    subject = " ".join(said(text.subject).split())[:SUBJECT_LIMIT]
    return RenderedNotice(subject, body.strip() + "\n", language)


def check_letter(notice: Notice, text: LetterText) -> None:
    """Refuse words that would reach people with a gap: a place that nothing fills, a bracket that
    stands alone, no subject, or nothing of what the letter is for.
    """
    whole = f"{text.subject}\n{text.body}"
    used = dict.fromkeys(_PLACE.findall(whole))
    unknown = [f"{{{name}}}" for name in used if name not in notice.fields]
    if unknown:
        raise BadInput(
            gettext_noop("Nothing is known for %(unknown)s. You can use: %(known)s."),
            unknown=in_a_row(unknown),
            known=in_a_row(f"{{{name}}}" for name in notice.fields),
        )
    if re.search(r"[{}]", _PLACE.sub("", whole)):
        raise BadInput(
            gettext_noop(
                "A curly bracket stands alone. Write each place whole, with both brackets: {name}."
            )
        )
    missing = [f"{{{name}}}" for name in notice.must_say if name not in _PLACE.findall(text.body)]
    if missing:
        raise BadInput(
            gettext_noop("The text does not say what the letter is for. Put in: %(missing)s."),
            missing=in_a_row(missing),
        )
    if not text.subject or not text.body:
        raise BadInput(gettext_noop("A letter needs a subject and a text."))
    if notice.is_unworded and not _says_something(notice, text):
        raise BadInput(gettext_noop("The text says nothing yet. Write what people should know."))


def _says_something(notice: Notice, text: LetterText) -> bool:
    """Whether an officer wrote more than the frame of a letter."""
    frames = (text_of_letter(notice, {}, code).body.split() for code, _name in settings.LANGUAGES)
    return text.body.split() not in list(frames)


def with_link(body: str, secret: str) -> str:
    """The text as it leaves: the scoped link or code in its place."""
    return body.replace(LINK, secret)


def _split(text: str, language: str) -> RenderedNotice:
    first, _, rest = _without_markup(text).lstrip().partition("\n")
    subject = " ".join(first.replace(_LINE, " ").replace(_OWN_LINK, " ").split())
    body = _BLANK_LINES.sub("\n\n", rest.replace(_LINE, "\n")).strip() + "\n"
    return RenderedNotice(subject[:SUBJECT_LIMIT], body.replace(_OWN_LINK, LINK), language)


def _without_markup(text: str) -> str:
    """Instants and names come from the page's tags with markup, which a plain text has no use
    for.
    """
    before = None
    while before != text:
        before, text = text, _MARKUP.sub(lambda found: html.unescape(found[2]), text)
    return text


def _plain(value: Any, language: str) -> Any:
    if value is None or isinstance(value, bool | int | float | Decimal | dt.date | dt.timedelta):
        return value
    if isinstance(value, Text):
        return _safe_text(value.in_language(language))
    if isinstance(value, Mapping):
        return {str(key): _plain(part, language) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part, language) for part in value]
    return _safe_text(force_str(value))


def _as_text(value: Any) -> str:
    parts = value if isinstance(value, list) else [value]
    return "\n".join("" if part is None else str(part).replace(_LINE, "\n") for part in parts)


def _safe_text(text: str) -> str:
    plain = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace(LINK, "(link)")
        .replace(_OWN_LINK, "")
        .replace(_LINE, "")
    )
    return _CONTROLS.sub("", plain).replace("\n", _LINE)


def _alliance() -> dict[str, str]:
    return {
        key: str(settings.ALLIANCE[name])
        for key, name in (("name", "NAME"), ("short_name", "SHORT_NAME"), ("mail", "MAIL"))
    }
