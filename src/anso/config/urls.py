"""Which address belongs to which app."""

from __future__ import annotations

from django.urls import include, path

from anso.accounts.views.public import change_language

urlpatterns = [
    path("language/", change_language, name="set_language"),
    path("accounts/", include("anso.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("style/", include("anso.ui.urls")),
    path("files/", include("anso.files.urls")),
    path("record/", include("anso.audit.urls")),
    # First of those without a prefix: forms are opened and saved more than all else.
    path("", include("anso.applications.urls")),
    path("", include("anso.notifications.urls")),
    path("", include("anso.bulk.urls")),
    path("", include("anso.governance.urls")),
    path("", include("anso.calls.urls")),
    path("", include("anso.review.urls")),
    path("", include("anso.interviews.urls")),
    path("", include("anso.hosting.urls")),
    path("", include("anso.decisions.urls")),
    path("", include("anso.awards.urls")),
    path("", include("anso.matching.urls")),
    path("", include("anso.site.urls")),
]

handler400 = "anso.site.views.errors.unreadable"
handler403 = "anso.site.views.errors.forbidden"
handler404 = "anso.site.views.errors.not_found"
handler500 = "anso.site.views.errors.broken"
