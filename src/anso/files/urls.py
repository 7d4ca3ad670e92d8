"""Addresses of the files app."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "files"
urlpatterns: list[URLPattern] = []
