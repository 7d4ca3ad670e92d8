"""Addresses of the governance app."""

from __future__ import annotations

from django.urls import path

from anso.governance.views import associations, public

app_name = "governance"
urlpatterns = [
    path("members/", public.members, name="members"),
    path("members/<slug:reference>/", public.member, name="member"),
    path("associations/", associations.associations, name="associations"),
    path("associations/new/", associations.enter, name="enter_association"),
    path("associations/<slug:code>/keep/", associations.keep, name="association"),
    path("governance/", public.bodies, name="bodies"),
    path("governance/<slug:code>/", public.body, name="body"),
]
