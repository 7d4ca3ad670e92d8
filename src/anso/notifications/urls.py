"""Addresses of the outbox and of the demonstration's mailbox."""

from __future__ import annotations

from django.urls import path

from anso.notifications.views import public, staff

app_name = "notifications"
urlpatterns = [
    path("mailbox/", public.mailbox, name="mailbox"),
    path("mailbox/<slug:reference>/", public.mailbox_message, name="mailbox_message"),
    path("desk/outbox/", staff.outbox, name="outbox"),
    path("desk/outbox/ask/", staff.ask, name="ask"),
    path("desk/outbox/carry-out/", staff.carry_out, name="carry_out"),
    path("desk/outbox/<slug:reference>/", staff.message, name="message"),
]
