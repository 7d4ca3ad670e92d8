"""Loads the demonstration alliance."""

from __future__ import annotations

import datetime as dt
import os
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from anso.accounts.models import Account
from anso.applications.actions import ask_letters
from anso.audit.actions import seal_entries
from anso.calls.models import Call
from anso.demonstration.applicants import ApplicationContext, make_application, write_letter
from anso.demonstration.bulk import add_bulk_applications
from anso.demonstration.cast import add_affiliations, assemble_cast
from anso.demonstration.holders import add_earlier_holders
from anso.demonstration.interviewing import hear_people, let_hosts_answer
from anso.demonstration.matches import add_matches
from anso.demonstration.members import add_members
from anso.demonstration.story import (
    StoryContext,
    answer_offers,
    assign_call,
    fill_call,
    invite_panel,
    review_call,
    screen_call,
    select_call,
    set_up_call,
)
from anso.governance.queries import alliance_day
from anso.notifications.models import Message

LARGE = 1000
# Beside the fellowship one open call of every programme: since how many days, and for how many.
OPEN_BESIDE = {
    "collaborative_research": (-12, 60),
    "prize": (-5, 90),
    "conference": (-20, 45),
    "scholarship": (-30, 50),
    "course": (-10, 55),
    "trainee": (-8, 25),
    "association": (-15, 80),
    "advice": (-40, 30),
    "membership": (-25, 70),
    "need": (-35, 40),
    "volunteer": (-45, 40),
}
USUAL = 300


class Command(BaseCommand):
    """One seeded command for the demonstration alliance, small through the product's actions, large
    by bulk loading.
    """

    help = (
        "Loads the demonstration alliance into an empty database; the same seed gives the same"
        " people and the same choices."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How many applications, from which seed."""
        size = int(os.environ.get("ANSO_DEMONSTRATION_SIZE", "") or USUAL)
        parser.add_argument(
            "--applications",
            type=int,
            default=size,
            help="from 1,000 on, the open call is filled by bulk loading",
        )
        parser.add_argument("--seed", type=int, default=7)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses a database with accounts in it, and installations that are not demonstrations."""
        if not settings.DEMONSTRATION:
            raise CommandError(
                "Set ANSO_DEMONSTRATION=true: invented people do not go together with real ones."
            )
        if Account.objects.exists():
            raise CommandError(
                "There are accounts in this database; the demonstration is loaded into an empty one"
                " only."
            )
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")
        now = timezone.now().replace(microsecond=0)
        count: int = options["applications"]
        call_command("load_reference", verbosity=0)
        add_members(now)
        add_earlier_holders(now)
        story = StoryContext(
            cast=assemble_cast(now=now - dt.timedelta(days=400)),
            random=Random(options["seed"]),
            today=alliance_day(now),
        )
        small = min(count, 300)
        self._say("A fellowship whose decisions were released…")
        self._ended(story, now, submitted=small // 8)
        self._say("A fellowship that waits for its chair…")
        self._proposed(story, now, submitted=small // 5)
        self._say("A fellowship in review…")
        self._in_review(story, now, submitted=small // 12)
        self._say("An open fellowship, and a call of every other programme…")
        open_call = self._open(story, now, total=small - small // 8 - small // 5 - small // 12)
        self._say("Needs and experts, and who was matched with whom…")
        add_matches(story, now, each=max(2, small // 60))
        if count >= LARGE:
            self._say(f"{count} applications to the open fellowship…")
            add_bulk_applications(open_call, count=count, seed=options["seed"], now=now)
        Message.objects.filter(state="waiting", send_after__lt=now - dt.timedelta(days=2)).update(
            send_after=now
        )
        seal_entries(now=timezone.now())
        self._say("The demonstration alliance is ready.")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _ended(self, story: StoryContext, now: dt.datetime, *, submitted: int) -> Call:
        """Released a week ago; the co-applicant still holds an unanswered offer."""
        call = set_up_call(story, "fellowship", year=now.year, days=(-330, -230), is_small=True)
        context = ApplicationContext(
            call, story.random, call.opens_at, call.closes_at - dt.timedelta(hours=1)
        )
        make_application(context, 1, account=story.cast["co_applicant"])
        fill_call(story, call, submitted=submitted - 1, drafts=0, first=10, until=call.closes_at)
        screen_call(story, call, now=call.closes_at + dt.timedelta(days=10))
        reviews_at = call.closes_at + dt.timedelta(days=47)
        invite_panel(story, call, count=8, first=9000, now=reviews_at - dt.timedelta(days=20))
        assign_call(story, call, now=reviews_at)
        review_call(story, call, now=reviews_at + dt.timedelta(days=2))
        select_call(story, call, now=now - dt.timedelta(days=10), until="released")
        answer_offers(story, call, now=now - dt.timedelta(days=3), leave=story.cast["co_applicant"])
        return call

    def _proposed(self, story: StoryContext, now: dt.datetime, *, submitted: int) -> Call:
        """Everything is computed and waits for the chair."""
        call = set_up_call(
            story, "fellowship", year=now.year, days=(-210, -110), further_round="b", is_small=True
        )
        fill_call(story, call, submitted=submitted, drafts=0, first=1000, until=call.closes_at)
        screen_call(story, call, now=call.closes_at + dt.timedelta(days=10))
        reviews_at = call.closes_at + dt.timedelta(days=47)
        invite_panel(story, call, count=8, first=9100, now=reviews_at - dt.timedelta(days=20))
        assign_call(story, call, now=reviews_at)
        review_call(story, call, now=reviews_at + dt.timedelta(days=2))
        select_call(story, call, now=now - dt.timedelta(days=1), until="proposed")
        return call

    def _in_review(self, story: StoryContext, now: dt.datetime, *, submitted: int) -> Call:
        """Reviews are under way; the reviewer of the cast has some to do."""
        call = set_up_call(
            story, "fellowship", year=now.year, days=(-150, -55), further_round="c", is_small=True
        )
        fill_call(story, call, submitted=submitted, drafts=0, first=2000, until=call.closes_at)
        heard = ApplicationContext(call, story.random, call.opens_at, call.closes_at)
        make_application(heard, 7, account=story.cast["co_applicant"])
        screen_call(story, call, now=call.closes_at + dt.timedelta(days=10))
        invite_panel(story, call, count=3, first=9200, now=now - dt.timedelta(days=9))
        conflicted = story.cast["conflicted_reviewer"].person
        someone = call.applications.filter(state="eligible").order_by("number").first()
        if someone is not None:
            add_affiliations(
                conflicted, someone.applicant, since=alliance_day(now - dt.timedelta(days=800))
            )
        assign_call(story, call, now=now - dt.timedelta(days=6))
        review_call(story, call, now=now - dt.timedelta(days=4), leave_to_cast=True)
        let_hosts_answer(story, call, now=now - dt.timedelta(days=3))
        hear_people(story, call, now=now - dt.timedelta(days=2))
        return call

    def _open(self, story: StoryContext, now: dt.datetime, *, total: int) -> Call:
        """Open calls: the applicant of the cast has a draft, and one of two letters."""
        call = set_up_call(story, "fellowship", year=now.year + 1, days=(-30, 40))
        context = ApplicationContext(call, story.random, call.opens_at, now - dt.timedelta(days=2))
        draft = make_application(context, 2, share=0.9, account=story.cast["applicant"])
        ask_letters(application=draft, actor=story.cast["applicant"], now=draft.saved_at)
        first = draft.letters.order_by("-id").first()
        if first is not None:
            write_letter(first, story.random, draft.saved_at + dt.timedelta(hours=20))
        fill_call(
            story,
            call,
            submitted=total // 2,
            drafts=total - total // 2,
            first=3000,
            until=now - dt.timedelta(hours=2),
        )
        few, until = max(2, total // 30), now - dt.timedelta(hours=2)
        for place, (code, days) in enumerate(OPEN_BESIDE.items()):
            number = 5000 + 300 * place
            other = set_up_call(story, code, year=now.year + 1, days=days)
            fill_call(story, other, submitted=few, drafts=2, first=number, until=until)
        return call
