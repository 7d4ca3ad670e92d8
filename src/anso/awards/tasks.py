"""What time does to offers: they are made after a release, reminded of, and lapse."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.awards.actions import lapse_offer, make_offers, remind_of_offer
from anso.awards.models import Offer
from anso.awards.queries import calls_with_offers_to_make, offers_untold
from anso.kernel.actors import CLOCK
from anso.kernel.lifecycle import StaleTransition

REMIND_DAYS = 5


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="awards.make", name="awards.make_offers", pass_context=False)
def make_due_offers(timestamp: int) -> None:
    """Make the offers that released decisions promise."""
    for call in calls_with_offers_to_make():
        make_offers(actor=CLOCK, call=call, now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="awards.lapse", name="awards.lapse_offers", pass_context=False)
def lapse_due_offers(timestamp: int) -> None:
    """Close offers whose day has passed. One whose letter still waits for an officer runs on."""
    now = timezone.now()
    for offer in (
        Offer.objects.filter(state="made", respond_by__lte=now)
        .exclude(pk__in=offers_untold())
        .select_related("application__call")
        .order_by("id")
    ):
        try:
            lapse_offer(actor=CLOCK, offer=offer, now=now)
        except StaleTransition:  # answered in the meantime
            continue


@app.periodic(cron="10 7 * * *")
@app.task(queueing_lock="awards.remind", name="awards.remind_of_offers", pass_context=False)
def remind_of_due_offers(timestamp: int) -> None:
    """Remind of offers that are due in a few days; each once."""
    now = timezone.now()
    due = Offer.objects.filter(
        state="made", respond_by__gt=now, respond_by__lt=now + dt.timedelta(days=REMIND_DAYS)
    )
    for offer in (
        due.exclude(pk__in=offers_untold())
        .select_related("application__call", "application__applicant__account")
        .order_by("id")
    ):
        remind_of_offer(actor=CLOCK, offer=offer, now=now)
