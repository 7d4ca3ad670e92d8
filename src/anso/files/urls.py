"""Addresses of the files app."""

from __future__ import annotations

from django.urls import path

from anso.files.views import member

app_name = "files"
urlpatterns = [
    path("uploads/", member.uploads, name="uploads"),
    path("uploads/<slug:reference>/", member.upload, name="upload"),
]
