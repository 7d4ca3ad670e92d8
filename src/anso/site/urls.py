"""Addresses of the site app."""

from __future__ import annotations

from django.urls import path

from anso.site.views import member, merging, people, public, staff

app_name = "site"
urlpatterns = [
    path("", public.home, name="home"),
    path("todo/", member.todo, name="todo"),
    path("name/", member.name, name="name"),
    path("desk/", staff.desk, name="desk"),
    path("desk/people/<slug:reference>/", people.person, name="person"),
    path("desk/people/<slug:reference>/merge/", merging.merge, name="merge"),
    path("desk/people/<slug:reference>/merge/<slug:pk>/undo/", merging.undo, name="undo_merge"),
    path("desk/find/", staff.find, name="find"),
    path("desk/calls/<slug:reference>/", staff.call_overview, name="call"),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("robots.txt", public.robots, name="robots"),
    path("favicon.ico", public.favicon, name="favicon"),
    path("healthz", public.healthz, name="healthz"),
]
