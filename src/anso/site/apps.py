"""Wiring of the site app."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Public pages, home, what I have to do."""

    name = "anso.site"
    label = "site"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.calls.wording import CALL_LINKS, DESK  # models are ready only now
        from anso.directory.wording import PERSON_PAGE
        from anso.kernel.finding import SEARCHABLES
        from anso.site import wording
        from anso.ui.menus import FOOT, FRAME_LINKS

        FRAME_LINKS.add_all(wording.FRAME_LINKS)
        PERSON_PAGE.add("site:person", wording.page_of_person)
        SEARCHABLES.add_all(wording.SEARCHABLES, order=250)
        FOOT.add_all(wording.FOOT)
        CALL_LINKS.add_all(wording.CALL_LINKS)
        DESK.add_all(wording.DESK_PAGES)
