"""The mailbox of a demonstration: all mail that would have left, readable by every visitor, links
included. Nowhere else.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.notifications.enums import TONES, MessageState
from anso.notifications.notices import with_link
from anso.notifications.queries import demonstration_messages, get_demonstration_message

PAGE = 50
THIS_MACHINE = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?=/)")


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mail of the demonstration, newest first; narrowed by reader or subject."""
    if not settings.DEMONSTRATION:
        raise Http404
    text = request.GET.get("q", "").strip()[:100]
    found = demonstration_messages(text)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Mailbox of the demonstration"),
        "subheading": _(
            "No mail leaves a demonstration. What would have left stands here, for everybody to"
            " read."
        ),
        "page": page,
        "text": text,
        "rows": [
            (message, MessageState(message.state).label, TONES[message.state]) for message in page
        ],
    }
    return render(request, "notifications/mailbox.html", context)


@require_safe
def mailbox_message(request: HttpRequest, reference: str) -> HttpResponse:
    """One mail as its reader would have it, with a link that works."""
    message = get_demonstration_message(reference)
    context = {
        "heading": message.subject,
        "crumbs": [(_("Mailbox"), reverse("notifications:mailbox")), (message.subject, "")],
        "message": message,
        "state": MessageState(message.state).label,
        "tone": TONES[message.state],
        "body": with_links_here(with_link(message.body, message.secret), request),
    }
    return render(request, "notifications/mailbox_message.html", context)


def with_links_here(body: str, request: HttpRequest) -> str:
    """The text with links that work today: a demonstration may have been loaded at another port of
    the same machine.
    """
    return THIS_MACHINE.sub(request.build_absolute_uri("/")[:-1], body)
