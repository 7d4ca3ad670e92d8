"""Where the pages of the site lead: links and entries of the frame, and the desk of a call."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anso.calls.wording import DeskPage, page_of

FRAME_LINKS = {"home": "site:home", "todo": "site:todo", "desk": "site:desk"}
FOOT = {"site:accessibility": _("Accessibility"), "site:privacy": _("Privacy")}
CALL_LINKS = {"desk": page_of("site:call")}
DESK_PAGES = {"site:call": DeskPage(_("Overview"), page_of("site:call"))}
