"""Officers compose a call: stages are added from the blocks that there are and taken away again,
and what then contradicts itself or is missing is told where it is mended.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from lxml import html

from anso.accounts.models import Account
from anso.calls import queries
from anso.calls.actions import (
    Edition,
    NewStage,
    add_stage,
    change_call_dates,
    change_stages,
    create_call,
    remove_stage,
)
from anso.calls.actions.design import CallDates
from anso.calls.models import Call
from anso.calls.queries import find_faults
from anso.calls.queries.steps import steps_of
from anso.calls.wording.readiness import url_of_fault
from anso.kernel.errors import BadInput, Stale
from anso.kernel.terms import Stage, Terms
from anso.kernel.wording import both
from tests.factories.applications import make_submitted_application
from tests.factories.calls import make_call, make_programme
from tests.tabs import Tab

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_surroundings")]
DAY = dt.timedelta(days=1)


def fresh(call: Call) -> Call:
    return Call.objects.get(pk=call.pk)


def terms_of(call: Call) -> Terms:
    return queries.get_terms(fresh(call))


def stage(call: Call, key: str) -> Stage:
    return next(each for each in terms_of(call).stages if each.key == key)


def keys(call: Call) -> list[str]:
    return [each.key for each in terms_of(call).stages]


def faults(call: Call, now: dt.datetime) -> dict[str, Any]:
    return {fault.code: fault for fault in find_faults(fresh(call), now)}


def desk(call: Call, page: str) -> str:
    return f"/desk/calls/{call.reference}/{page}"


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def after(call: Call, key: str, days: int = 1) -> str:
    return (stage(call, key).ends_on + days * DAY).isoformat()


def add_page(client: Client, call: Call, kind: str) -> Tab:
    return Tab(client, desk(call, f"stage/?as={kind}"), field="label_en")


def make_stage(call: Call, officer: Account, kind: str, days: tuple[str, str], **more: Any) -> str:
    name = more.pop("label", both("Further look", "نظرة أخرى"))
    first, last = (dt.date.fromisoformat(day) for day in days)
    new = NewStage(kind, name, first, last, **more)
    now = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    return add_stage(call=fresh(call), new=new, actor=officer, now=now)


def test_an_interview_is_added_by_pages_and_everything_reads_it(
    ana: Client, draft: Call, now: dt.datetime
) -> None:
    listed = ana.get(desk(draft, "terms/stages/")).content.decode()
    assert "Interviews that are scored" in listed
    tab = add_page(ana, draft, "interview")
    assert (tab.shown("label_en"), tab.shown("rubric")) == ("Interviews", "+")
    tab.fill(label_en="Talks", starts_on=stage(draft, "review").ends_on.isoformat())
    answer = tab.fill(ends_on=after(draft, "review", 12)).send()
    assert answer.status_code == 422
    assert "begins before “Review” is over" in tab.read(answer).words()
    assert tab.shown("label_en") == "Talks", "nothing typed is lost"
    first, last = after(draft, "review", 20), after(draft, "review", 22)
    answer = tab.fill(label_ar="المقابلات", starts_on=first, ends_on=last).send()
    assert answer.url == desk(draft, "rubric/?of=talks")
    assert keys(draft)[keys(draft).index("talks") - 1 :][:3] == ["hosts", "talks", "panel"]
    fault = faults(draft, now)["no_criteria"]
    assert str(fault) == "“Talks”: its rubric has no criteria."
    assert url_of_fault(draft, fault) == answer.url
    rubric = Tab(ana, answer.url, field="label-new")
    assert not rubric.form.fields["is_blind"], "names are known to whoever hears somebody"
    rubric.fill({"label-new": "Talk", "label_ar-new": "العرض", "weight-new": "100"})
    assert rubric.send().status_code == 302
    assert {each.part for each in find_faults(fresh(draft), now)} <= {"people"}
    row = next(step for step in steps_of(fresh(draft)) if step.key == "talks")
    assert (row.block, row.rubric, row.starts_on.isoformat()) == ("review", "talks", first)
    for page in ("timeline/", "terms/stages/", "edit/", "rubric/"):
        assert "Talks" in ana.get(desk(draft, page)).content.decode(), page


def test_a_further_window_begins_with_the_first_form_and_needs_reviews_around_it(
    ana: Client, draft: Call, officer: Account, now: dt.datetime
) -> None:
    tab = add_page(ana, draft, "window")
    tab.fill(starts_on=after(draft, "review", 1), ends_on=after(draft, "review", 20))
    answer = tab.send()
    assert answer.url == desk(draft, "questions/full_applications/")
    page = ana.get(answer.url).content.decode()
    assert "Full applications" in page
    assert "Passport" in page, "it begins with what the first window asks"
    form = queries.get_working_form(fresh(draft), "full_applications")[1]
    section = form.section_of("referee_1").key
    page = desk(draft, f"terms/sections-full_applications/{section}/remove/")
    told = Tab(ana, page, field="revision").words()
    assert "go with it" in told
    assert "names who writes it" not in told, "the first form names the writers"
    row = Tab(ana, desk(draft, "terms/stages/full_applications/"), field="label_en")
    row.fill(label_en="Full dossiers").send()
    assert "Full dossiers" in ana.get(answer.url).content.decode(), "its form is called alike"
    found = faults(draft, now)
    assert "no review after it judges" in str(found["not_judged"])
    assert "nobody_invited" not in found
    days = (after(draft, "full_applications", 1), after(draft, "full_applications", 9))
    make_stage(draft, officer, "review", days)
    found = faults(draft, now)
    assert "not_judged" not in found
    assert found["not_checked"].is_blocking is False
    day = after(draft, "full_applications", 1)
    make_stage(draft, officer, "screening", (day, day), label=both("Second check", "فحص ثان"))
    assert keys(draft).index("second_check") > keys(draft).index("further_look")
    assert "not_checked" in faults(draft, now), "it is checked before it is reviewed"
    Tab(ana, desk(draft, "terms/stages/review/remove/"), field="revision").send()
    fault = faults(draft, now)["nobody_invited"]
    assert str(fault) == "“Full dossiers”: no review stands before it, so that nobody is invited."
    assert fault.is_blocking
    assert str(fault) in ana.get(desk(draft, "publish/")).content.decode()


def test_what_goes_with_a_stage_is_told_and_goes(
    ana: Client, draft: Call, officer: Account, now: dt.datetime
) -> None:
    days = (after(draft, "review", 1), after(draft, "review", 20))
    key = make_stage(draft, officer, "window", days, label=both("Full plans", "الخطط"))
    # What a rule looks at is asked in the later window alone.
    moved = Tab(ana, desk(draft, "questions/application/"), field="key").send(
        act="remove", key="passport_valid_until"
    )
    assert moved.status_code == 302
    assert "not_asked" not in faults(draft, now)
    page = ana.get(desk(draft, f"terms/stages/{key}/remove/")).content.decode()
    assert "questions go with it" in page
    assert "Rule F9 looks at “Passport valid until”." in page
    answer = Tab(ana, desk(draft, f"terms/stages/{key}/remove/"), field="revision").send()
    assert answer.url == desk(draft, "terms/stages/")
    assert key not in keys(draft)
    assert key not in queries.form_purposes(fresh(draft))
    assert not [step for step in steps_of(fresh(draft)) if step.key == key]
    fault = faults(draft, now)["not_asked"]
    assert "F9" in str(fault)
    assert ana.get(desk(draft, f"questions/{key}/")).status_code == 404


def test_what_a_call_cannot_do_without_stays_or_is_missed(
    ana: Client, draft: Call, officer: Account, now: dt.datetime
) -> None:
    base = fresh(draft).revision
    doing: dict[str, Any] = {"call": draft, "base_revision": base, "actor": officer, "now": now}
    with pytest.raises(BadInput, match="begins with the window"):
        remove_stage(**doing, key="applications")
    with pytest.raises(Stale, match="took this away"):
        remove_stage(**doing, key="nothing")
    listed = ana.get(desk(draft, "terms/stages/")).content.decode()
    assert "stages/review/remove/" in listed
    assert "stages/applications/remove/" not in listed
    told = Tab(ana, desk(draft, "terms/stages/letters/remove/"), field="revision").words()
    assert "referee’s letter: it still counts until 1 March 2027, and the timeline does not" in told
    for key in ("review", "release"):
        assert Tab(ana, desk(draft, f"terms/stages/{key}/remove/"), field="revision").send()
    found = faults(draft, now)
    assert str(found["no_release"]) == "No stage says when everybody hears of the results."
    assert found["no_review"].is_blocking is False
    assert "Results" in ana.get(desk(draft, "terms/stages/")).content.decode()
    day = (stage(draft, "offers").starts_on).isoformat()
    make_stage(draft, officer, "release", (day, day), label=both("Results", "النتائج"))
    make_stage(draft, officer, "answers", (after(draft, "screening"), after(draft, "screening")))
    assert "no review stands before it" in str(faults(draft, now)["nothing_to_answer"])
    with pytest.raises(BadInput, match="no further stage of this kind"):
        make_stage(draft, officer, "release", (day, day), label=both("News", "أخبار"))


def test_days_and_names_that_cannot_be_are_refused(draft: Call, officer: Account) -> None:
    panel = stage(draft, "panel")
    late = (after(draft, "panel"), after(draft, "panel", 2))
    with pytest.raises(BadInput, match="“Further look” comes after “Panel meeting”: nothing dec"):
        make_stage(draft, officer, "interview", late)
    with pytest.raises(BadInput, match="ends before it begins"):
        make_stage(draft, officer, "panel", (late[1], late[0]))
    with pytest.raises(BadInput, match="called “panel Meeting ” already"):
        make_stage(draft, officer, "panel", late, label=both("panel Meeting ", "لجنة"))
    with pytest.raises(BadInput, match="in English"):
        make_stage(draft, officer, "panel", late, label=both("", "لجنة"))
    days = (after(draft, "review"), after(draft, "review"))
    with pytest.raises(BadInput, match="Choose one of the answers"):
        make_stage(draft, officer, "review", days, rubric="lost")
    assert stage(draft, "panel") == panel
    assert "further_look" not in keys(draft)


def test_a_stage_on_which_another_one_depends_stays(
    ana: Client, draft: Call, officer: Account, now: dt.datetime
) -> None:
    last = stage(draft, "panel").ends_on
    day, before = last.isoformat(), (last - DAY).isoformat()
    make_stage(draft, officer, "panel", (day, day), label=both("Last meeting", "الاجتماع الأخير"))
    make_stage(draft, officer, "interview", (before, before), label=both("Talks", "المقابلات"))
    page = desk(draft, "terms/stages/last_meeting/remove/")
    answer = Tab(ana, page, field="revision").send()
    told = ana.get(answer.url).content.decode()
    assert "It is still needed. “Talks” comes after “Panel meeting”: nothing decides on it." in told
    assert "last_meeting" in keys(draft)
    Tab(ana, desk(draft, "terms/stages/talks/remove/"), field="revision").send()
    Tab(ana, page, field="revision").send()
    assert "last_meeting" not in keys(draft)


def test_two_officers_at_once_on_one_stage(
    ana: Client, bo: Client, draft: Call, officer: Account
) -> None:
    days = (after(draft, "review", 1), after(draft, "review", 2))
    key = make_stage(draft, officer, "review", days)
    mine = Tab(ana, desk(draft, f"terms/stages/{key}/remove/"), field="revision")
    theirs = Tab(bo, desk(draft, "timeline/"), field=f"starts-{key}")
    theirs.fill({f"ends-{key}": after(draft, "review", 9)})
    assert theirs.send().status_code == 302
    answer = mine.send()
    assert answer.status_code == 409
    assert "Somebody changed this" in answer.content.decode()
    assert stage(draft, key).ends_on.isoformat() == after(draft, "review", 9)
    late = Tab(bo, desk(draft, f"terms/stages/{key}/"), field="label_en").fill(label_en="Talk")
    Tab(ana, desk(draft, f"terms/stages/{key}/remove/"), field="revision").send()
    answer = late.send()
    assert answer.status_code == 409
    assert "Talk" in answer.content.decode(), "what was typed is shown once more"
    again = add_page(ana, draft, "interview").fill(starts_on=days[0], ends_on=days[0])
    assert again.send().status_code == 302
    assert again.fill(starts_on=days[0], ends_on=days[0]).send().status_code == 422, "no second one"


def test_days_that_move_take_the_new_stage_along(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    days = (after(draft, "review", 1), after(draft, "review", 2))
    key = make_stage(draft, officer, "interview", days)
    before, call = stage(draft, key), fresh(draft)
    dates = CallDates(call.opens_at, call.closes_at + 7 * DAY, call.zone)
    change_call_dates(
        call=call, dates=dates, base_revision=call.revision, actor=officer, now=now
    )  # fmt: skip
    assert stage(draft, key).starts_on == before.starts_on + 7 * DAY
    with pytest.raises(BadInput, match="begins before “Review” is over"):
        change_stages(
            call=fresh(draft), days={key: (before.starts_on, before.ends_on)},
            base_revision=fresh(draft).revision, actor=officer, now=now,
        )  # fmt: skip


def test_a_missing_language_is_told_and_leads_to_the_stage(
    ana: Client, draft: Call, now: dt.datetime
) -> None:
    tab = add_page(ana, draft, "panel").fill(label_en="Short list", label_ar="")
    tab.fill(starts_on=after(draft, "interviews"), ends_on=after(draft, "interviews"))
    assert tab.send().status_code == 302
    fault = faults(draft, now)["words_missing"]
    assert str(fault) == "“Short list”: words are missing in العربية."
    assert url_of_fault(draft, fault) == desk(draft, "terms/stages/short_list/")


def test_a_review_gets_a_rubric_of_its_own_afterwards(
    ana: Client, draft: Call, now: dt.datetime
) -> None:
    tab = Tab(ana, desk(draft, "terms/stages/review/"), field="rubric")
    assert tab.shown("rubric") == ""
    assert tab.fill(rubric="review").send().status_code == 302
    assert terms_of(draft).rubrics["review"].criteria == ()
    assert faults(draft, now)["no_criteria"].at == ("review",)
    tab = Tab(ana, desk(draft, "terms/stages/review/"), field="rubric").fill(rubric="")
    assert tab.send().status_code == 302
    assert "no_criteria" not in faults(draft, now)


@pytest.mark.parametrize("kind", ["prize", "collaborative_research"])
def test_other_kinds_take_an_interview(
    ana: Client, officer: Account, kind: str, now: dt.datetime
) -> None:
    call = make_call(make_programme(kind), state="draft", officer=officer)
    last = [each for each in terms_of(call).stages if each.block in ("review", "rebuttal")][-1].key
    tab = add_page(ana, call, "interview")
    tab.fill(rubric="", starts_on=after(call, last), ends_on=after(call, last, 2))
    assert tab.send().url == desk(call, "terms/stages/")
    assert {fault.part for fault in find_faults(fresh(call), now)} <= {"people"}


def test_a_stage_of_a_further_round_is_not_in_the_first(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    other = create_call(
        programme=draft.programme, edition=Edition(2027, round="B"), actor=officer, now=now
    )
    days = (after(other, "review", 1), after(other, "review", 2))
    key = make_stage(other, officer, "interview", days)
    assert key in keys(other)
    assert key not in keys(draft)


def amend(client: Client, call: Call, **body: str) -> str:
    answer = client.post(desk(call, "amend/"), body, follow=True)
    return " ".join(str(html.fromstring(answer.content).text_content()).split())


def announce(client: Client, call: Call, because: str) -> str:
    tab = Tab(client, desk(call, "amend/"), field="because").fill(because=because)
    sure = tab.send(act="announce")
    if sure.status_code != 200:
        return sure.content.decode()
    return amend(
        client, call, **{k: str(v[0]) for k, v in tab.read(sure).body(act="announce").items()}
    )


def test_after_publication_an_interview_comes_by_an_announced_amendment(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    call = make_call(officer=officer)
    make_submitted_application(call)
    page = ana.get(desk(call, "terms/stages/")).content.decode()
    assert "Amend the call" in page
    assert "Interviews that are scored" not in page
    amend(ana, call, act="begin")
    page = ana.get(desk(call, "terms/stages/")).content.decode()
    assert "One is taken away only before it begins, and while nothing hangs on it" in page
    days = (after(call, "review", 1), after(call, "review", 2))
    tab = add_page(ana, call, "interview").fill(label_en="Talks", label_ar="المقابلات")
    answer = tab.fill(starts_on=days[0], ends_on=days[1]).send()
    told = announce(ana, call, "The board wants to meet them.")
    assert "“Talks”: its rubric has no criteria." in told
    rubric = Tab(ana, answer.url, field="label-new")
    rubric.fill({"label-new": "Talk", "label_ar-new": "العرض", "weight-new": "100"}).send()
    page = Tab(ana, desk(call, "amend/"), field="because").words()
    first = dt.date.fromisoformat(days[0])
    assert f"Timeline › Talks – Talks, {first.day} Apr – {first.day + 1} Apr 2027" in page
    assert "Rubric › Talks" in page
    assert "Talks" not in Client().get(f"/calls/{call.slug}/").content.decode()
    told = announce(ana, call, "The board wants to meet them.")
    assert "It is in force" in told
    kept = [step.key for step in steps_of(fresh(call))]
    assert kept[kept.index("interviews") :][:4] == ["interviews", "hosts", "talks", "panel"]
    assert "Talks" in Client().get(f"/calls/{call.slug}/").content.decode()
    assert fresh(call).terms.count() == 2


def test_what_an_amendment_cannot_add_is_said(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    call = make_call(officer=officer)
    with time_machine.travel(noon(stage(call, "review").ends_on + 9 * DAY), tick=False):
        ana.force_login(officer)
        amend(ana, call, act="begin")
        days = (after(call, "review", 4), after(call, "review", 5))
        key = make_stage(call, officer, "interview", days, rubric="")
        assert "would have begun already" in announce(ana, call, "Too late")
        Tab(ana, desk(call, f"terms/stages/{key}/remove/"), field="revision").send()
    assert key not in [each["key"] for each in fresh(call).design["stages"]]
