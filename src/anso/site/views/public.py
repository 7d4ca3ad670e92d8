"""The home page and the few pages that every site must have: privacy, accessibility, health."""

from __future__ import annotations

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from anso.awards.queries import latest_results
from anso.awards.wording import result_line
from anso.awards.wording.wall import walls
from anso.calls.queries import get_deadline, open_calls
from anso.directory.models import Country, Organisation
from anso.governance.queries import alliance_day, members_on
from anso.kernel.matters import matters_of
from anso.site.queries.home import lately_happened
from anso.site.wording import figures_of, news_line

# So many of the reader's own things stand on the home page; all of them on the page of what they
# have to do.
MOST_OWN = 5
LATEST_RESULTS = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who we are, where the members are, which calls are open, which were lately decided, and what
    else happened.
    """
    now = timezone.now()
    memberships = list(members_on(alliance_day(now)))
    calls = list(open_calls(now))
    countries = {membership.organisation.country_id for membership in memberships}
    context = {
        "now": now,
        "description": _(
            "Fellowships, prizes, training and joint research for sustainable development, run in"
            " the open."
        ),
        "points": [member_point(membership.organisation) for membership in memberships],
        "caption": (
            ngettext("%(n)d member.", "%(n)d members.", len(memberships)) % {"n": len(memberships)}
        ),
        "facts": figures_of(members=len(memberships), countries=len(countries), calls=calls),
        "matters": [each for each in matters_of(request.user, now) if not each.is_over][:MOST_OWN]
        if request.user.is_authenticated
        else [],
        "calls": [(call, get_deadline(call).announced) for call in calls],
        "results": [result_line(each) for each in latest_results(LATEST_RESULTS, now)],
        "walls": walls(),
        "news": [news_line(each) for each in lately_happened(now)],
    }
    return render(request, "site/home.html", context)


def member_point(organisation: Organisation) -> dict[str, object]:
    """A member as a point of the map; where its own place is not known, that of its country."""
    place: Organisation | Country = (
        organisation if organisation.latitude is not None else organisation.country
    )
    return {"lat": place.latitude, "lon": place.longitude, "label": organisation.name}


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep about people, who sees it, and for how long."""
    return render(request, "site/privacy.html", {"heading": _("Privacy")})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How these pages can be used, and whom to tell when they cannot."""
    return render(request, "site/accessibility.html", {"heading": _("Accessibility")})


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines should leave alone: everything that belongs to one person."""
    closed = (
        "/accounts/",
        "/applications/",
        "/letters/",
        "/reviews/",
        "/offers/",
        "/desk/",
        "/record/",
        "/todo/",
        "/files/",
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the mark without being told."""
    return redirect(staticfiles_storage.url("ui/mark.svg"))


@require_safe
@cache_control(no_store=True)
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers and reaches the database: for the machine that watches it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        found = cursor.fetchone()
    return JsonResponse({"ok": found == (1,), "home": reverse("site:home")})
