"""Turning a notice and its facts into a subject and a text in the reader's language. Sending is
elsewhere.

Only plain values of the declared fields reach a template, so that no template can show more than
its notice says.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.utils.encoding import force_str
from django.utils.translation import override

from anso.kernel.notices import LINK, Notice
from anso.kernel.wording import Text

SUBJECT_LIMIT = 300
_OWN_LINK, _LINE = "\ue001", "\ue002"
_MARKUP = re.compile(r"<(time|bdi|code|span)\b[^>]*>(.*?)</\1>", re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")


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
