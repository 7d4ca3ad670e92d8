"""Addresses of the accounts app; those of the sign-in library follow it under the same path."""

from __future__ import annotations

from django.urls import path

from anso.accounts.views import member, public

app_name = "accounts"
urlpatterns = [
    path("", member.account, name="account"),
    path("sessions/end/", member.end_sessions, name="end_sessions"),
    path("second-factor/", member.second_factor, name="second_factor"),
    path("as/<slug:role>/", public.play, name="play"),
]
