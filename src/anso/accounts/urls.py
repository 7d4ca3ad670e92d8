"""Addresses of the accounts app; those of the sign-in library follow it under the same path."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from anso.accounts.views import entry, member, public

app_name = "accounts"
urlpatterns = [
    path("", member.account, name="account"),
    path("sessions/end/", member.end_sessions, name="end_sessions"),
    path("second-factor/", member.second_factor, name="second_factor"),
    path("enter/", entry.enter, name="enter"),
    path("enter/code/", entry.enter_code, name="enter_code"),
    path("enter/by-link/<str:token>/", entry.enter_by_link, name="enter_by_link"),
    # Those of the library that this way in replaces.
    path(
        "signup/",
        RedirectView.as_view(
            pattern_name="accounts:enter", query_string=True, http_method_names=["get", "head"]
        ),
        name="signup",
    ),
    path("as/<slug:role>/", public.play, name="play"),
]
