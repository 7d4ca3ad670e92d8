"""One page about a person, across calls."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.applications.rules import may_merge_people
from anso.directory.queries.merging import merges_of
from anso.kernel.about_people import shelves_about
from anso.site.queries.people import get_person_for
from anso.ui.menus import url_or_blank


@require_safe
@login_required
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """What this reader may read about one person: applications and what became of them, letters,
    reviews in counts, offers, mandates.
    """
    now = timezone.now()
    found = get_person_for(request.user, reference, now)
    context = {
        "person": found,
        "heading": found.full_name,
        "subheading": found.latin_name,
        "shelves": shelves_about(request.user, found, now),
        "merges": merges_of(found),
        "may_merge": may_merge_people(request.user, [found], now),
        "now": now,
        "crumbs": [(_("Desk"), url_or_blank("site:desk")), (found.full_name, "")],
    }
    return render(request, "site/person.html", context)
