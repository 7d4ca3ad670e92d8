"""Addresses of the site app."""

from __future__ import annotations

from django.urls import path

from anso.site.views import member, public

app_name = "site"
urlpatterns = [
    path("", public.home, name="home"),
    path("todo/", member.todo, name="todo"),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("robots.txt", public.robots, name="robots"),
    path("favicon.ico", public.favicon, name="favicon"),
    path("healthz", public.healthz, name="healthz"),
]
