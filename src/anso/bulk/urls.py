"""Addresses of work on many things."""

from __future__ import annotations

from django.urls import path

from anso.bulk import views

app_name = "bulk"
urlpatterns = [
    path("desk/many/<slug:reference>/", views.action, name="action"),
    path("desk/many/<slug:reference>/stop/", views.stop, name="stop"),
    path("desk/many/<slug:reference>/go-on/", views.resume, name="resume"),
    path("desk/many/<slug:reference>/undo/", views.undo, name="undo"),
]
