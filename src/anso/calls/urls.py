"""Addresses of the calls app."""

from __future__ import annotations

from django.urls import path

from anso.calls.views import check, public

app_name = "calls"
urlpatterns = [
    path("calls/", public.call_list, name="list"),
    path("calls/<slug:slug>/", public.call_page, name="call"),
    path("calls/<slug:slug>/check/", check.check, name="check"),
    path("calls/<slug:slug>/check/result/", check.check_result, name="check_result"),
    path("calls/<slug:slug>/terms.json", public.call_terms, name="terms"),
]
