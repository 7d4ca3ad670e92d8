"""Two officers on the design of one call, without JavaScript: neither undoes what the other
saved.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.calls import queries
from anso.calls.actions import add_officer
from anso.calls.models import Call
from anso.calls.queries import bodies_of
from anso.kernel.actors import SETUP
from anso.kernel.terms import Terms
from tests.factories.calls import make_call
from tests.factories.governance import make_body
from tests.tabs import Tab

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_surroundings")]


def page(client: Client, call: Call, name: str, field: str) -> Tab:
    return Tab(client, f"/desk/calls/{call.reference}/{name}", field=field)


def fresh(call: Call) -> Call:
    return Call.objects.get(pk=call.pk)


def terms_of(call: Call) -> Terms:
    return queries.get_terms(fresh(call))


def test_what_is_given_and_the_rubric_of_two_officers_stand_together(
    ana: Client, bo: Client, draft: Call
) -> None:
    rubric = page(bo, draft, "rubric/", "reviews_each")
    assert page(ana, draft, "outcome/", "offer_days").fill(offer_days="9").send().status_code == 302
    assert rubric.fill(reviews_each="5").send().status_code == 302
    assert (terms_of(draft).offer_days, terms_of(draft).rubric.reviews_each) == (9, 5)


def test_two_fields_of_one_page_stand_together(ana: Client, bo: Client, draft: Call) -> None:
    ours, theirs = (page(who, draft, "edit/", "title_en") for who in (ana, bo))
    assert theirs.fill(title_ar="عنوان آخر").send().status_code == 302
    assert ours.fill(summary_en="Shorter words.").send().status_code == 302
    call = fresh(draft)
    assert (call.title["ar"], call.summary["en"]) == ("عنوان آخر", "Shorter words.")


def test_two_texts_for_one_title_are_both_shown_and_the_officer_chooses(
    ana: Client, bo: Client, draft: Call
) -> None:
    ours, theirs = (page(who, draft, "edit/", "title_en") for who in (ana, bo))
    theirs.fill(title_en="Bo's title").send()
    answer = ours.fill(title_en="Ana's title", summary_ar="كلمات").send()
    assert (answer.status_code, fresh(draft).title["en"]) == (409, "Bo's title")
    ours.read(answer)
    assert ours.shown("title_en") == "Bo's title"
    assert ours.shown("summary_ar") == "كلمات", "what is not disputed stands as it was typed"
    assert "Ana's title" in ours.words()
    assert ours.fill({"keep-title_en": "mine"}).send().status_code == 302
    assert (fresh(draft).title["en"], fresh(draft).summary["ar"]) == ("Ana's title", "كلمات")


def test_the_window_is_one_thing_since_a_time_means_nothing_without_its_zone(
    ana: Client, bo: Client, draft: Call
) -> None:
    ours, theirs = (page(who, draft, "edit/", "zone") for who in (ana, bo))
    assert theirs.fill(zone="Africa/Nairobi").send().status_code == 302
    closes_at = fresh(draft).closes_at
    answer = ours.fill(closes_on="2027-03-01").send()
    assert (answer.status_code, fresh(draft).closes_at) == (409, closes_at)
    ours.read(answer)
    assert ours.shown("zone") == "Africa/Nairobi"
    assert "2027-03-01" in ours.words()
    assert ours.fill({"keep-window": "mine"}).send().status_code == 302
    assert fresh(draft).closes_at == dt.datetime(2027, 3, 1, 16, tzinfo=dt.UTC)
    assert fresh(draft).zone == "Asia/Shanghai"


def test_the_numbers_of_the_tree_are_one_thing_since_its_sums_are(
    ana: Client, bo: Client, draft: Call
) -> None:
    ours, theirs = (page(who, draft, "outcome/", "offer_days") for who in (ana, bo))
    assert theirs.fill({"places-master-ucas": "150"}).send().status_code == 302
    answer = ours.fill({"places-master-ustc": "90", "offer_days": "12"}).send()
    assert answer.status_code == 409
    counts = {node.key: node.capacity for node in terms_of(draft).outcome.tree()}
    assert counts["master-ucas"] == 150
    ours.read(answer)
    assert (ours.shown("places-master-ucas"), ours.shown("offer_days")) == ("150", "12")
    assert "90" in ours.words()
    assert ours.send().status_code == 302
    assert {node.key: node.capacity for node in terms_of(draft).outcome.tree()} == counts
    assert terms_of(draft).offer_days == 12


def test_weights_go_to_the_criterion_they_were_typed_for_whatever_another_officer_removed(
    ana: Client, bo: Client, draft: Call
) -> None:
    before = terms_of(draft).rubric.criteria
    ours, theirs = (page(who, draft, "rubric/", "reviews_each") for who in (ana, bo))
    first, second = (criterion.key for criterion in before[:2])
    weights = {f"weight-{second}": f"{(before[0].weight + before[1].weight) * 100:f}"}
    assert (
        theirs.fill({f"label-{first}": "", f"label_ar-{first}": ""} | weights).send().status_code
        == 302
    )
    answer = ours.fill({f"hint-{second}": "Look at the wells."}).send()
    assert answer.status_code == 409
    assert [criterion.key for criterion in terms_of(draft).rubric.criteria] == [
        criterion.key for criterion in before[1:]
    ]
    ours.read(answer)
    assert "Look at the wells." in ours.words()


def test_days_of_two_stages_stand_together_and_of_one_are_both_shown(
    ana: Client, bo: Client, draft: Call
) -> None:
    ours, theirs = (page(who, draft, "timeline/", "ends-review") for who in (ana, bo))
    assert theirs.fill({"ends-review": "2027-05-15"}).send().status_code == 302
    assert ours.fill({"ends-offers": "2027-12-24"}).send().status_code == 302
    stages = {stage.key: stage.ends_on for stage in terms_of(draft).stages}
    assert (stages["review"], stages["offers"]) == (dt.date(2027, 5, 15), dt.date(2027, 12, 24))
    late = page(bo, draft, "timeline/", "ends-review")
    page(ana, draft, "timeline/", "ends-review").fill({"ends-review": "2027-05-16"}).send()
    answer = late.fill({"ends-review": "2027-05-17"}).send()
    assert answer.status_code == 409
    late.read(answer)
    assert late.shown("ends-review") == "2027-05-16"
    assert "2027-05-17" in late.words()


def test_the_panel_is_not_changed_back_unseen(ana: Client, bo: Client, draft: Call) -> None:
    first, second = (make_body("panel", code=code) for code in ("panel-one", "panel-two"))
    ours, theirs = (page(who, draft, "people/", "body:panel") for who in (ana, bo))
    assert theirs.fill({"body:panel": first.code}).send(act="bodies").status_code == 302
    answer = ours.fill({"body:panel": second.code}).send(act="bodies")
    assert (answer.status_code, bodies_of(draft)) == (409, {"panel": first})


def test_two_officers_reword_two_questions_and_two_parts_of_one(
    ana: Client, bo: Client, draft: Call
) -> None:
    ours, theirs = (
        page(who, draft, "questions/application/title/", "label_en") for who in (ana, bo)
    )
    other = page(bo, draft, "questions/application/keywords/", "label_en")
    assert theirs.fill(hint_en="Ten words at most.").send().status_code == 302
    assert other.fill(label_en="Key words").send().status_code == 302
    assert ours.fill(label_en="The title").send().status_code == 302
    form = queries.get_working_form(fresh(draft))[1]
    assert (str(form.question("title").label), str(form.question("title").hint)) == (
        "The title",
        "Ten words at most.",
    )
    assert str(form.question("keywords").label) == "Key words"


def test_two_wordings_of_one_question_are_both_shown(ana: Client, bo: Client, draft: Call) -> None:
    ours, theirs = (
        page(who, draft, "questions/application/title/", "label_en") for who in (ana, bo)
    )
    theirs.fill(label_en="Bo's question").send()
    answer = ours.fill(label_en="Ana's question").send()
    assert answer.status_code == 409
    ours.read(answer)
    assert ours.shown("label_en") == "Bo's question"
    assert "Ana's question" in ours.words()
    assert ours.fill({"keep-label_en": "mine"}).send().status_code == 302
    form = queries.get_working_form(fresh(draft))[1]
    assert str(form.question("title").label) == "Ana's question"


def test_a_question_that_another_officer_reworded_is_not_removed_unseen(
    ana: Client, bo: Client, draft: Call
) -> None:
    listed = page(ana, draft, "questions/application/", "key")
    page(bo, draft, "questions/application/keywords/", "label_en").fill(label_en="Words").send()
    answer = listed.client.post(listed.address, listed.body(act="remove", key="keywords"))
    assert answer.status_code == 409
    assert "keywords" in queries.get_working_form(fresh(draft))[1].keys()  # noqa: SIM118 - a form is no mapping


def test_a_deadline_is_not_moved_twice_by_officers_who_do_not_know_of_each_other(
    ana: Client, bo: Client, draft: Call, now: dt.datetime
) -> None:
    call = make_call(officer=Account.objects.get(email="programme_officer@cast.example"))
    stranger = Account.objects.get(email="stranger@cast.example")
    add_officer(call=call, account=stranger, actor=SETUP, now=now)
    ours, theirs = (page(who, call, "deadline/", "because") for who in (ana, bo))
    for tab, day, why in (
        (theirs, "2027-03-01", "Storm in Kenya"),
        (ours, "2027-03-05", "Storm, and floods"),
    ):
        tab.read(tab.fill(closes_on=day, because=why).send(act="look"))
    theirs.send(act="extend")
    answer = ours.send(act="extend")
    assert (answer.status_code, call.extensions.count()) == (409, 1)
    ours.read(answer)
    assert "it is now 1 March 2027, 23:59 (Asia/Shanghai)" in ours.words()
    assert (ours.shown("because"), ours.shown("closes_on")) == ("Storm, and floods", "2027-03-05")
    ours.read(ours.send(act="look"))
    assert ours.send(act="extend").status_code == 302
    assert call.extensions.count() == 2


def test_a_question_that_another_officer_removed_gives_back_the_words_for_it(
    ana: Client, bo: Client, draft: Call
) -> None:
    reworded = page(ana, draft, "questions/application/keywords/", "label_en")
    listed = page(bo, draft, "questions/application/", "key")
    bo.post(listed.address, listed.body(act="remove", key="keywords"))
    answer = reworded.fill(label_en="Words by which to find it").send()
    assert answer.status_code == 404
    assert "Words by which to find it" in answer.content.decode()


def test_a_list_that_another_officer_put_in_another_order_is_shown_again(
    ana: Client, bo: Client, draft: Call
) -> None:
    ours, theirs = (page(who, draft, "questions/application/", "key") for who in (ana, bo))
    assert bo.post(theirs.address, theirs.body(act="down", key="title")).status_code == 302
    answer = ana.post(ours.address, ours.body(act="up", key="keywords"))
    assert answer.status_code == 409
    assert "look at it again" in answer.content.decode()


def test_what_was_typed_wrong_stands_beside_what_another_officer_saved(
    ana: Client, bo: Client, draft: Call
) -> None:
    ours, theirs = (page(who, draft, "rubric/", "reviews_each") for who in (ana, bo))
    theirs.fill(scale_highest="9").send()
    answer = ours.fill(reviews_each="many").send()
    assert answer.status_code == 422
    ours.read(answer)
    assert (ours.shown("reviews_each"), ours.shown("scale_highest")) == ("many", "9")
