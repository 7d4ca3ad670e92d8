"""Addresses of the living style guide and of the alliance's colours."""

from __future__ import annotations

from django.urls import path

from anso.ui.views import public

app_name = "ui"
urlpatterns = [
    path("", public.guide, name="guide"),
    path("colours.css", public.colours, name="colours"),
    path("<slug:name>/", public.component, name="component"),
]
