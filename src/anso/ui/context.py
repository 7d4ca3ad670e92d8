"""What every page knows about the alliance that runs it: name, mark, colours, languages, addresses.

Belongs here: reading `settings.ALLIANCE`. Does not: anything that asks the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi, get_language_info

from anso.ui.menus import FOOT, FRAME_LINKS, NAVIGATION, url_or_blank

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
    ("theme", "description", "demo_template", "status", "primary", "secondary", "receipt"), ""
)


@dataclass(frozen=True)
class Link:
    """One entry of a navigation: where it leads and whether the reader is there."""

    label: str
    url: str
    is_current: bool = False


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


def links_for(entries: Any, path: str) -> list[Link]:
    """Turn (URL name, label) pairs into links, leaving out what this site does not have."""
    links = []
    for name, label in entries:
        url = url_or_blank(name)
        if url:
            links.append(Link(str(label), url, url != "/" and path.startswith(url)))
    return links


def languages() -> list[dict[str, Any]]:
    """Return the languages of the interface, each with its own name and direction."""
    current = get_language()
    entries = []
    for code, own_name in settings.LANGUAGES:
        is_rtl = get_language_info(code)["bidi"]
        entries.append(
            {
                "code": code,
                "name": own_name,
                "dir": "rtl" if is_rtl else "ltr",
                "is_current": code == current,
            }
        )
    return entries


def alliance(request: HttpRequest) -> dict[str, Any]:
    """Give every template `alliance`, `dir`, `theme` and the navigation."""
    urls = {
        key: url_or_blank(alliance_setting("URLS").get(key, name))
        for key, name in FRAME_LINKS.items()
    }
    return {
        **BLANK,
        "alliance": {
            "name": alliance_setting("NAME"),
            "short_name": alliance_setting("SHORT_NAME"),
            "mark": alliance_setting("MARK"),
            "stylesheet": stylesheet(),
            "contact": alliance_setting("CONTACT"),
            "contact_link": format_html(
                '<a href="mailto:{0}">{0}</a>', alliance_setting("CONTACT")
            ),
            "languages": languages(),
            "urls": urls,
        },
        "dir": "rtl" if get_language_bidi() else "ltr",
        "nav_items": links_for(alliance_setting("NAV") or NAVIGATION.items(), request.path),
        "foot_items": links_for(alliance_setting("FOOT") or FOOT.items(), request.path),
    }
