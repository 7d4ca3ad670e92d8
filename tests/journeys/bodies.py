"""For every address that takes a request: one that is carried out for whoever may make it.

The matrix sends it as every role. So a refusal is about who asks and never about an empty form.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client

from anso.applications.models import Letter, RuleAnswer
from anso.calls.queries import get_terms, panels_of
from tests.journeys.world import World
from tests.tabs import Tab

Facts = Mapping[str, Any]
LETTER = {
    "relation": "supervised",
    "years_known": "4",
    "standing": "top_10",
    "letter_way": "write",
    "letter_text": " ".join(["She reads the water of a whole valley and is seldom wrong."] * 40),
}


def days_after_review(world: World) -> Facts:
    """A day on which nothing else is judged."""
    review = next(each for each in get_terms(world.design).stages if each.block == "review")
    day = (review.ends_on + dt.timedelta(days=1)).isoformat()
    return {"starts_on": day, "ends_on": day}


def nothing_more(_world: World) -> Facts:
    """The form as the page shows it."""
    return {}


@dataclass(frozen=True)
class Valid:
    """One valid request.

    ``form`` is a field of the form on the page, the rest of which is sent as it is shown; without
    it there is only what is ``typed``. ``keeps`` names the roles for whom nothing in the database
    changes; a comment says why not.
    """

    typed: Callable[[World], Facts] = nothing_more
    form: str = ""
    is_json: bool = False
    query: Callable[[World], str] = lambda _world: ""
    headers: Mapping[str, str] = field(default_factory=dict)
    keeps: frozenset[str] = frozenset()

    def request(self, world: World, url: str, client: Client) -> dict[str, Any]:
        """What to hand to ``Client.post``; ``client`` is somebody who may."""
        typed = dict(self.typed(world))
        asked: dict[str, Any] = {"path": url + self.query(world), "headers": dict(self.headers)}
        if self.is_json:
            return asked | {"data": json.dumps(typed), "content_type": "application/json"}
        if not self.form:
            return asked | {"data": typed}
        return asked | {"data": Tab(client, url, field=self.form).fill(typed).body()}


def rows_written() -> int:
    """How many rows this transaction has made, changed or removed so far, what was taken back too.
    Sessions do not count: whoever is shown a message has one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)"
            " FROM pg_stat_xact_user_tables WHERE relname <> 'django_session'"
        )
        return int(cursor.fetchone()[0])


def given(**facts: Any) -> Callable[[World], Facts]:
    """The same for every world."""
    return lambda _world: facts


def asked_again(world: World) -> Facts:
    """Taking back what an officer answered to a rule of the application."""
    RuleAnswer.objects.create(
        application=world.assignment.application,
        rule="F8",
        about="x",
        is_met=True,
        reason="Seen on paper.",
        answered_by=world.cast["programme_officer"],
        answered_at=world.assignment.application.submitted_at,
    )
    return {"answer": "ask_again", "because": "Look again."}


def declined_before(world: World) -> Facts:
    """Taking back that the writer of a letter declined."""
    letter = world.draft.letters.order_by("id")[0]
    Letter.objects.filter(pk=letter.pk).update(state="declined", declined_at=letter.asked_at)
    return {"act": "again", "because": "Written down by mistake."}


def metadata(**facts: str) -> str:
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in facts.items()
    )


EVERYBODY = frozenset({
    "applicant", "co_applicant", "referee", "reviewer", "conflicted_reviewer", "panel_chair",
    "programme_officer", "members_delegate", "board_member", "regional_officer", "auditor",
    "admitting", "stranger", "anonymous",
})  # fmt: skip
VALID: dict[str, Valid] = {
    # A visitor has a cookie and no row.
    "set_language": Valid(given(language="en", next="/"), keeps=frozenset({"anonymous"})),
    "accounts:account": Valid(given(language="en", zone="Asia/Shanghai")),
    "accounts:end_sessions": Valid(),
    "accounts:enter": Valid(given(email="newcomer@example.org")),
    # Leads back to where the address is asked, in a browser that was sent nothing.
    "accounts:enter_code": Valid(keeps=EVERYBODY),
    "accounts:play": Valid(),
    "site:name": Valid(given(full_name="Wanjiru")),
    "files:uploads": Valid(
        query=lambda world: f"?purpose=application:{world.draft.reference}:passport",
        headers={"Upload-Length": "900", "Upload-Metadata": metadata(filename="passport.pdf")},
    ),
    # It asks whether one is sure.
    "notifications:ask": Valid(
        lambda world: {"act": "hold", "message": world.message.reference}, keeps=EVERYBODY
    ),
    # Whoever may open the outbox changes nothing in it that belongs to somebody else's call.
    "notifications:carry_out": Valid(
        lambda world: {"act": "hold", "message": world.message.reference},
        keeps=frozenset({"regional_officer"}),
    ),
    "notifications:write": Valid(
        given(subject_en="News", body_en="Dear {name}, we move.", key="k"),
        query=lambda world: f"?of=calls.call:{world.open.pk}",
    ),
    "notifications:letter_words": Valid(given(subject="News", body="{told} {url}")),
    "notifications:mailing_release": Valid(given(how_many="1")),
    "bulk:stop": Valid(),
    "bulk:resume": Valid(),
    "bulk:undo": Valid(),
    "notifications:mailing_stop": Valid(given(because="A place was wrong")),
    "notifications:mailing_text": Valid(given(subject="News", body="{told} {url}")),
    "notifications:mailing_test": Valid(),
    # What is answered stays in the session and with the visitor.
    "calls:check": Valid(
        given(citizenship="KE", date_of_birth="1998-05-12"), form="citizenship", keeps=EVERYBODY
    ),
    "calls:create": Valid(given(programme="fellowship", year="2028"), form="year"),
    "calls:edit": Valid(given(title_en="Another title"), form="title_en"),
    "calls:edition": Valid(lambda world: {"parent": world.open.reference}, form="parent"),
    "calls:timeline": Valid(
        lambda world: {"ends-offers": f"{world.design.closes_at.year + 2}-12-31"},
        form="ends-offers",
    ),
    "calls:outcome": Valid(given(offer_days="9"), form="offer_days"),
    "calls:rubric": Valid(given(reviews_each="4"), form="reviews_each"),
    "calls:conflicts": Valid(given(joint_work_years="6"), form="joint_work_years"),
    "calls:rows": Valid(
        lambda world: {"act": "up", "key": "travel", "revision": str(world.design.revision)}
    ),
    "calls:row": Valid(given(label_en="Journey"), form="label_en"),
    "calls:add_row": Valid(given(label_en="Short stay"), form="label_en"),
    "calls:intake": Valid(given(cut_offs="03-31", last_on=""), form="cut_offs"),
    "calls:occasion": Valid(given(city="Nairobi"), form="city"),
    "calls:nouns": Valid(
        given(
            **dict.fromkeys(
                ("noun_en", "heading_en", "your_en", "yours_en", "start_en", "start_yours_en"),
                "abstract",
            ),
            counted_en_other="{n} abstracts",
        ),
        form="noun_en",
    ),
    "calls:add_stage": Valid(days_after_review, form="starts_on"),
    "calls:removal": Valid(form="revision"),
    "calls:own_question": Valid(given(label_en="Since when?", type="date"), form="label_en"),
    "calls:questions": Valid(
        lambda world: {"act": "down", "key": "title", "revision": str(world.design.revision)}
    ),
    "calls:questions_of": Valid(
        lambda world: {"act": "down", "key": "title", "revision": str(world.design.revision)}
    ),
    "calls:question_changes": Valid(form="revision"),
    "calls:question": Valid(given(hint_en="One line, please."), form="hint_en"),
    "calls:serving": Valid(
        lambda world: {
            "act": "appoint",
            "body": next(each.code for each in panels_of(world.open)),
            "email": world.cast["members_delegate"].email,
            "role": "member",
        }
    ),
    "calls:people": Valid(
        lambda world: {"act": "add", "email": world.cast["regional_officer"].email}
    ),
    "calls:publish": Valid(form="sha256"),
    "calls:extension": Valid(
        lambda world: {
            "act": "extend",
            "closes_on": f"{world.open.closes_at.year + 1}-03-01",
            "closes_time": "23:59",
            "because": "The service could not be reached.",
            "looked": "1",
            "along": [step.key for step in world.open.steps.all()],
        },
        form="closes_on",
    ),
    "calls:amend": Valid(given(act="begin")),
    "applications:export_columns": Valid(
        given(**{"columns-0": ["number"], "name": "For a ministry", "do": "keep"}),
        form="columns-0",
    ),
    "applications:remove_export_view": Valid(given()),
    "calls:end": Valid(
        given(act="cancel", because="The host withdrew.", looked="1"), form="because"
    ),
    # Who has one already is led to it.
    "applications:start": Valid(keeps=frozenset({"applicant", "co_applicant"})),
    "applications:section": Valid(given(title="A better title"), form="title"),
    "applications:save": Valid(
        lambda world: {
            "fields": {"title": "Saved by the script"},
            "base": world.draft.revision,
            "token": "script",
        },
        is_json=True,
    ),
    "applications:letters": Valid(
        given(
            **{
                "act": "replace:referee_1",
                "referee_1:name": "Somebody New",
                "referee_1:email": "somebody.new@example.org",
            }
        )
    ),
    "applications:submit": Valid(),
    "applications:withdraw": Valid(form="because"),
    "applications:case": Valid(
        lambda world: {
            "act": "extend",
            "until_on": f"{world.open.closes_at.year + 1}-03-01",
            "until_time": "23:59",
            "because": "The service could not be reached.",
        }
    ),
    "applications:enquiries": Valid(given(question="May I send it later?")),
    "applications:answer_enquiry": Valid(given(answer="Yes.")),
    "awards:details": Valid(given(**{"host": "USTC", "USTC.contact": "Ms Zhao"})),
    "applications:keep": Valid(given(act="note", note="The scan is upside down.")),
    "applications:put_letter_in": Valid(declined_before),
    "applications:take_down": Valid(given(answer="declined", because="By telephone today")),
    "applications:letter": Valid(given(act="give", **LETTER), form="revision"),
    "applications:save_letter": Valid(
        given(fields={"years_known": "4"}, base=0, token="letter"), is_json=True
    ),
    "applications:screening": Valid(
        lambda world: {
            "bulk": "reopen_screening",
            "row": world.assignment.application.reference,
            "confirmed": "yes",
        }
    ),
    "site:merge": Valid(
        lambda world: {"with": world.assignment.application.number, "because": "One passport"}
    ),
    "site:undo_merge": Valid(given(because="Two cousins")),
    "applications:answer_namesake": Valid(given(answer="two", because="Seen.", shown="made:")),
    "applications:answer_rule": Valid(asked_again),
    "applications:screen_one": Valid(given(verb="reopen_screening", because="Look again.")),
    "review:invitation": Valid(given(answer="no", reason="No time")),
    "review:assignment": Valid(
        lambda world: {
            **{f"score-{each.key}": "4" for each in get_terms(world.reviewing).rubric.criteria},
            "comment_for_panel": "Sound, and well written.",
            "comment_for_applicant": "Say how you will measure.",
        },
        form="revision",
    ),
    "review:draft": Valid(
        given(fields={"comment_for_panel": "Sound."}, base=0, token="review"), is_json=True
    ),
    "review:answer": Valid(given(answer="accept")),
    "review:names": Valid(
        lambda world: {
            "shown": world.listed.reference,
            "tick": world.listed.reference,
            "go": "finish",
        }
    ),
    "review:declared_names": Valid(given(act="answer")),
    "review:rebuttal": Valid(given(answer="They misread our table."), form="revision"),
    "review:rebuttal_draft": Valid(
        given(fields={"answer": "They misread"}, base=0, token="answer"), is_json=True
    ),
    "review:answers": Valid(given(act="read", read="all")),
    "hosting:candidate": Valid(given(says="refuses", words="No laboratory")),
    "hosting:record_answer": Valid(given(says="admits", words="", heard="Their letter")),
    "interviews:interview": Valid(lambda world: {"time": world.hour.reference}),
    "interviews:call_interviews": Valid(
        lambda world: {
            "act": "open",
            "first_day": f"{world.hour.starts_at + dt.timedelta(days=1):%Y-%m-%d}",
            "begins": "9:00",
            "ends": "9:30",
            "minutes": "30",
            "place": "Room 4",
        }
    ),
    "interviews:interview_time": Valid(
        lambda world: {
            "day": f"{world.hour.starts_at + dt.timedelta(days=1):%Y-%m-%d}",
            "begins": "9:00",
            "place": "Room 4",
        }
    ),
    "interviews:settle_interview": Valid(
        lambda world: {"time": world.hour.reference, "because": "As you wrote."}
    ),
    "review:asked": Valid(given(kind="no_time", reason="", suggestion="")),
    "review:accept_asked": Valid(
        given(full_name="Nurlan", subjects="05", keywords="", capacity="3", declared="yes")
    ),
    "review:candidates": Valid(given(person="none"), keeps=frozenset({"programme_officer"})),
    "review:invite": Valid(
        lambda world: {
            "act": "check",
            "list": "Ada Obi,ada@example.org",
            "capacity": "3",
            "answer_by": str(world.asked.answer_by),
            "language": "en",
        },
    ),
    "review:asked_one": Valid(given(act="cancel")),
    "review:reviewers": Valid(
        lambda world: {"act": "invite", "email": world.cast["stranger"].email, "capacity": "3"}
    ),
    "review:call_assignments": Valid(given(act="remind")),
    # What it shows as awaited has not ended for too long: it is begun anew.
    "review:propose": Valid(form="after"),
    "review:drop_proposal": Valid(),
    "review:assign_proposed": Valid(),
    "review:application_assignments": Valid(
        lambda world: {"act": "cancel", "assignment": world.assignment.reference}
    ),
    # Everything was read and passed on with the release.
    "decisions:pass_words_on": Valid(keeps=frozenset({"programme_officer"})),
    "decisions:act": Valid(given(act="compute")),
    "decisions:beside_reviews": Valid(given(place="phd", because="Nobody was fit.")),
    "governance:enter_association": Valid(
        given(name="Water and soil", source="Decision 12"), form="name"
    ),
    "governance:association": Valid(
        given(state="dormant", on="2026-01-01", because="Nobody leads it."), form="state"
    ),
    "awards:keep_wall": Valid(
        given(lines="year,award,name\n2020,Youth,Wangari Otieno"), form="lines"
    ),
    "awards:accept": Valid(),
    "awards:by_link": Valid(given(act="accept")),
    "awards:decline": Valid(given(reason="Another place")),
    "awards:correct": Valid(
        given(instead="same", because="A letter was overlooked", confirmed="yes")
    ),
    "awards:settle": Valid(given(last_day="2099-06-30", because="The visa office is closed")),
    "decisions:ask_review": Valid(given(act="withdraw")),
    "decisions:appeal": Valid(given(found="rejected", answer="It was read.")),
    # Everything that can be offered was offered with the release.
    "matching:ask": Valid(given(words="Dear colleague", asks_next="yes")),
    "matching:deed": Valid(),
    "awards:offers": Valid(keeps=frozenset({"programme_officer"})),
}
