"""Addresses of the record."""

from __future__ import annotations

from django.urls import path

from anso.audit.views import public, staff

app_name = "audit"
urlpatterns = [
    path("", staff.record, name="record"),
    path("checkpoints/", public.seals, name="checkpoints"),
    path("checkpoints.json", public.seals_json, name="checkpoints_json"),
    path("verification/", staff.verification, name="verification"),
    path("objects/<str:object_type>/<int:object_id>/", staff.chain, name="chain"),
]
