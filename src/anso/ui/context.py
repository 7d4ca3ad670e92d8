"""What every page knows about the alliance that runs it: name, mark, colours, languages, addresses.

Belongs here: reading `settings.ALLIANCE`. Does not: anything that asks the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import (
    get_language,
    get_language_bidi,
    get_language_info,
    gettext,
)
from django.utils.translation import gettext_noop as _

from anso.ui.menus import FOOT, FRAME_LINKS, NAVIGATION, url_or_blank

Links = tuple[tuple[str, str], ...]
# What the frame leads somebody to who signed in, by the word of its link.
OWN = {"desk": _("Desk"), "todo": _("What I have to do"), "account": _("Account")}
CURRENT = SafeString(' aria-current="true"')
DEFAULTS: dict[str, Any] = {
    "NAME": "Alliance of International Science Organizations",
    "SHORT_NAME": "ANSO",
    "MARK": "ui/mark.svg.html",
    "COLOURS": {},
    "STYLESHEET": "",
    "NAV": (),
    "FOOT": (),
    "CONTACT": "",
    "URLS": {},
}
# What the frame of a page asks for and most pages do not say: a missing name costs Django's
# template language three exceptions.
BLANK: dict[str, Any] = dict.fromkeys(
    (
        *("theme", "description", "demo_template", "status", "primary", "secondary", "receipt"),
        *("error_list", "form", "has_problem"),
    ),
    "",
)


def alliance_setting(name: str) -> Any:
    """Return one setting of the alliance, or its default."""
    return getattr(settings, "ALLIANCE", {}).get(name, DEFAULTS[name])


def stylesheet() -> str:
    """Return the address of the style sheet that changes colours for this alliance, if it has
    one.
    """
    if alliance_setting("COLOURS"):
        return url_or_blank("ui:colours")
    return str(alliance_setting("STYLESHEET"))


def addresses(entries: Iterable[tuple[str, Any]]) -> Links:
    """Turn (URL name, label) pairs into (address, label), leaving out what this site does not
    have.
    """
    found = ((url_or_blank(name), str(label)) for name, label in entries)
    return tuple((url, label) for url, label in found if url)


def links_markup(links: Links, path: str = "") -> SafeString:
    """Show links side by side; the one under whose address the reader is, is marked."""
    here = next((url for url, _ in links if url != "/" and path.startswith(url)), "")
    return _links_markup(links, here)


@lru_cache(maxsize=256)
def _links_markup(links: Links, here: str) -> SafeString:
    marks = {here: CURRENT} if here else {}
    return format_html_join(
        "",
        '<a href="{}"{}>{}</a>',
        ((url, marks.get(url, ""), label) for url, label in links),
    )


def direction(language: str) -> str:
    """Which way a text runs that is written in a language: by its first letter nobody can tell,
    where a name or a number in other letters begins it.
    """
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def languages() -> list[dict[str, str]]:
    """Return the languages of the interface, each with its own name and direction."""
    return [
        {"code": code, "name": name, "dir": direction(code)} for code, name in settings.LANGUAGES
    ]


@lru_cache(maxsize=32)
def frame_in(language: str) -> dict[str, Any]:
    """Everything around a page that depends on nothing but its language: made once, since it is on
    every page.
    """
    urls = {
        key: url_or_blank(alliance_setting("URLS").get(key, name))
        for key, name in FRAME_LINKS.items()
    }
    contact = alliance_setting("CONTACT")
    return {
        **BLANK,
        "alliance": {
            "name": alliance_setting("NAME"),
            "short_name": alliance_setting("SHORT_NAME"),
            "mark": alliance_setting("MARK"),
            "stylesheet": stylesheet(),
            "contact": contact,
            "contact_link": format_html('<a href="mailto:{0}">{0}</a>', contact),
            "language_buttons": buttons_markup(languages(), language),
            "urls": urls,
        },
        "own": {
            word: (urls[word], gettext(label)) for word, label in OWN.items() if urls.get(word)
        },
        "dir": "rtl" if get_language_bidi() else "ltr",
        "nav_links": addresses(alliance_setting("NAV") or NAVIGATION.items()),
        "foot": links_markup(addresses(alliance_setting("FOOT") or FOOT.items())),
    }


@receiver(setting_changed)
def forget_frames(**_kwargs: Any) -> None:
    """Make the frames anew: a test runs the site as another alliance."""
    frame_in.cache_clear()


def account_links(request: HttpRequest, pages: Iterable[tuple[str, Any]]) -> SafeString:
    """Show the links of somebody who signed in: for staff their desk, what waits for them, the
    ``pages`` of things of their own, their account.
    """
    own = frame_in(get_language() or "en")["own"]
    words = OWN if request.user.is_staff else [word for word in OWN if word != "desk"]
    links = {word: (own[word],) for word in words if word in own}
    account = links.pop("account", ())
    return links_markup((*chain(*links.values()), *addresses(pages), *account), request.path)


def buttons_markup(known: Iterable[Mapping[str, Any]], current: str) -> SafeString:
    """Show the languages of the interface as buttons of a form, the reader's marked."""
    return format_html_join(
        "",
        '<button class="link" name="language" value="{0}" lang="{0}" dir="{1}"{2}>{3}</button>',
        (
            (
                each["code"],
                each["dir"],
                CURRENT if each["code"] == current else "",
                each["name"],
            )
            for each in known
        ),
    )


def alliance(request: HttpRequest) -> dict[str, Any]:
    """Give every template `alliance`, `dir`, `theme` and the navigation."""
    frame = frame_in(get_language() or "en")
    return {**frame, "nav": links_markup(frame["nav_links"], request.path)}
