"""Addresses of the outbox and of the demonstration's mailbox."""

from __future__ import annotations

from django.urls import path

from anso.notifications.views import letter_words, mailings, public, staff, writing

app_name = "notifications"
urlpatterns = [
    path("mailbox/", public.mailbox, name="mailbox"),
    path("mailbox/<slug:reference>/", public.mailbox_message, name="mailbox_message"),
    path("desk/outbox/", staff.outbox, name="outbox"),
    path("desk/outbox/ask/", staff.ask, name="ask"),
    path("desk/outbox/carry-out/", staff.carry_out, name="carry_out"),
    path("desk/letters/", mailings.mailings, name="mailings"),
    path("desk/letters/write/<str:code>/", writing.write, name="write"),
    path("desk/letters/<slug:reference>/", mailings.mailing, name="mailing"),
    path("desk/letters/<slug:reference>/release/", mailings.release, name="mailing_release"),
    path("desk/letters/<slug:reference>/stop/", mailings.stop, name="mailing_stop"),
    path(
        "desk/letters/<slug:reference>/<str:code>/<str:language>/",
        letter_words.text,
        name="mailing_text",
    ),
    path(
        "desk/letters/<slug:reference>/<str:code>/<str:language>/test/",
        letter_words.try_out,
        name="mailing_test",
    ),
    path("desk/outbox/<slug:reference>/words/", letter_words.one, name="letter_words"),
    path("desk/outbox/<slug:reference>/", staff.message, name="message"),
]
