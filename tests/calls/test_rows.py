"""Officers edit the lists of a draft call by pages: rules, letters, benefits, levels, hosts,
places. Nothing that somebody typed is lost, and what is given stays what it says.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from lxml import html

from anso.accounts.models import Account
from anso.calls import queries
from anso.calls.actions import (
    add_letter,
    add_row,
    begin_amendment,
    move_row,
    remove_row,
)
from anso.calls.models import Call
from anso.calls.queries.rows import tables_of
from anso.kernel.eligibility import Rule
from anso.kernel.errors import BadInput, Stale
from anso.kernel.terms import Terms
from anso.kernel.wording import Text
from anso.programmes.catalogue import find_kind
from tests.factories.calls import make_call, make_programme
from tests.tabs import Tab

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_surroundings")]


def list_url(call: Call, table: str) -> str:
    return f"/desk/calls/{call.reference}/terms/{table}/"


def open_row(client: Client, call: Call, table: str, key: str, field: str) -> Tab:
    return Tab(client, f"{list_url(call, table)}{key}/", field=field)


def open_new(client: Client, call: Call, table: str, field: str, kind: str = "") -> Tab:
    query = f"?as={kind}" if kind else ""
    return Tab(client, f"/desk/calls/{call.reference}/add/{table}/{query}", field=field)


def press(client: Client, call: Call, table: str, act: str, key: str, **more: str) -> Any:
    revision = str(Call.objects.get(pk=call.pk).revision)
    body = {"act": act, "key": key, "revision": revision, **more}
    return client.post(list_url(call, table), body, follow=True)


def terms_of(call: Call) -> Terms:
    return queries.get_terms(Call.objects.get(pk=call.pk))


def rules_of(call: Call) -> dict[str, Rule]:
    sets = queries.get_rule_sets(Call.objects.get(pk=call.pk))
    return {rule.code: rule for each in sets for rule in each.rules}


def test_the_age_of_a_rule_and_its_sentence_are_changed_in_both_languages(
    ana: Client, draft: Call
) -> None:
    tab = open_row(ana, draft, "rules", "F3", "terms.age")
    assert (tab.shown("terms.age"), tab.shown("terms.on:on")) == ("30", "2027-12-31")
    tab.fill(
        {
            "terms.age": "32",
            "sentence_en": "For a master's place you are at most 32.",
            "sentence_ar": "لمقعد الماجستير لا يتجاوز عمرك 32 سنة.",
            "terms.on:of": "closing",
            "terms.on:on": "",
        }
    )
    assert tab.send().status_code == 302
    rule = rules_of(draft)["F3"]
    assert (rule.terms["age"], rule.terms["on"]) == (32, "closing")
    assert rule.sentence["ar"] == "لمقعد الماجستير لا يتجاوز عمرك 32 سنة."
    assert rule.when == rules_of(draft)["F5"].when  # what nobody typed over stays
    assert "the closing day" in ana.get(list_url(draft, "rules")).content.decode()


def test_a_rule_of_the_register_is_added_on_a_question_of_the_form(
    ana: Client, draft: Call
) -> None:
    listed = ana.get(list_url(draft, "rules")).content.decode()
    assert "The answer is one of a list: “Gender”" in listed
    tab = open_new(ana, draft, "rules", "sentence_en", "answer_one_of:gender")
    answer = tab.fill({"sentence_ar": "للنساء."}).send()
    assert answer.status_code == 422  # nothing is added without a sentence and answers
    assert "This must be there in English." in answer.content.decode()
    assert tab.read(answer).shown("sentence_ar") == "للنساء."
    tab.fill({"sentence_en": "For women.", "terms.values": ["woman"]})
    assert tab.send().status_code == 302
    rule = rules_of(draft)["F15"]
    assert rule.terms == {"fact": "gender", "values": ["woman"]}
    assert rule.sentence == Text({"en": "For women.", "ar": "للنساء."})
    assert "missing in" not in ana.get(list_url(draft, "rules")).content.decode()


def test_a_rule_that_cannot_decide_is_refused_in_words_and_nothing_typed_is_lost(
    ana: Client, draft: Call
) -> None:
    tab = open_row(ana, draft, "rules", "F3", "terms.age")
    answer = tab.fill({"terms.age": "thirty", "source": "Board, 2026"}).send()
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“thirty” is not a whole number" in page
    assert tab.read(answer).shown("source") == "Board, 2026"
    assert rules_of(draft)["F3"].terms["age"] == 30


def test_a_benefit_is_priced_added_ordered_and_taken_away(ana: Client, draft: Call) -> None:
    tab = open_row(ana, draft, "benefits", "tuition_phd", "amount")
    assert tab.fill({"amount": "45 000.50", "currency": "cny"}).send().status_code == 302
    tab = open_new(ana, draft, "benefits", "label_en")
    tab.fill({"label_en": "Books", "amount": "500", "payer_en": "The alliance", "per": "year"})
    answer = tab.send()
    assert "needs its currency" in answer.content.decode()
    tab.read(answer).fill({"currency": "CNY", "levels": ["phd"]})
    assert tab.send().status_code == 302
    press(ana, draft, "benefits", "up", "books")
    benefits = {each.key: each for each in terms_of(draft).benefits}
    assert str(benefits["tuition_phd"].amount) == "45000.5"
    assert (benefits["books"].levels, benefits["books"].per) == (("phd",), "year")
    assert list(benefits)[-2] == "books"
    assert "missing in العربية" in ana.get(list_url(draft, "benefits")).content.decode()
    press(ana, draft, "benefits", "remove", "books")
    assert "books" not in {each.key for each in terms_of(draft).benefits}


def test_two_officers_on_one_benefit_see_both_texts(ana: Client, bo: Client, draft: Call) -> None:
    ours = open_row(ana, draft, "benefits", "travel", "label_en")
    theirs = open_row(bo, draft, "benefits", "travel", "label_en")
    assert theirs.fill({"label_en": "Flight"}).send().status_code == 302
    answer = ours.fill({"label_en": "Journey by train", "payer_ar": "الأكاديمية"}).send()
    assert answer.status_code == 409
    assert {"Flight", "Journey by train"} <= set(
        answer.content.decode().replace("<", "\n<").replace(">", ">\n").split("\n")
    )
    kept = {each.key: each for each in terms_of(draft).benefits}["travel"]
    assert str(kept.label) == "Flight"
    assert ours.read(answer).fill({"keep-label_en": "mine"}).send().status_code == 302
    kept = {each.key: each for each in terms_of(draft).benefits}["travel"]
    assert (str(kept.label), kept.payer["ar"]) == ("Journey by train", "الأكاديمية")


def test_what_was_typed_for_a_row_that_a_colleague_took_away_is_shown_once_more(
    ana: Client, bo: Client, draft: Call
) -> None:
    ours = open_row(ana, draft, "benefits", "travel", "label_en")
    press(bo, draft, "benefits", "remove", "travel")
    answer = ours.fill({"label_en": "Journey by train"}).send()
    assert answer.status_code == 409
    assert "Somebody took this away meanwhile." in answer.content.decode()
    assert "Journey by train" in answer.content.decode()


def test_a_row_that_a_colleague_changed_is_not_removed_unseen(
    ana: Client, bo: Client, draft: Call
) -> None:
    seen = str(Call.objects.get(pk=draft.pk).revision)
    open_row(bo, draft, "benefits", "travel", "label_en").fill({"label_en": "Flight"}).send()
    body = {"act": "remove", "key": "travel", "revision": seen}
    answer = ana.post(list_url(draft, "benefits"), body)
    assert answer.status_code == 409
    assert "travel" in {each.key for each in terms_of(draft).benefits}


def test_letters_say_how_many_by_when_and_in_which_words(ana: Client, draft: Call) -> None:
    tab = open_row(ana, draft, "letters", "referee", "count")
    tab.fill({"count": "1", "days_after_close": "20", "need": "wanted", "words.button_ar": "أرسل"})
    assert tab.send().status_code == 302
    rule = terms_of(draft).letter_rule("referee")
    assert rule is not None
    assert (rule.count, rule.days_after_close, rule.need) == (1, 20, "wanted")
    assert rule.words.button == Text({"en": "Send the letter", "ar": "أرسل"})
    tab = open_row(ana, draft, "letters", "referee", "words.request_en")
    answer = tab.fill({"words.request_en": "{who} asks you."}).send()
    assert "“{who}” cannot be filled in" in answer.content.decode()


def test_a_letter_of_another_programme_is_asked_for_with_its_form(ana: Client, draft: Call) -> None:
    page = f"/desk/calls/{draft.reference}/add/letters/?as=prize:supporter"
    assert "as in “" in ana.get(list_url(draft, "letters")).content.decode()
    assert ana.get(page).status_code == 200
    assert ana.post(page).status_code == 302
    rule = terms_of(draft).letter_rule("supporter")
    assert rule is not None
    assert rule.asked_in == ()  # the fellowship names no supporters: readiness says so
    assert "supporter" in queries.form_purposes(draft)
    press(ana, draft, "letters", "remove", "supporter")
    assert terms_of(draft).letter_rule("supporter") is None
    assert ana.post(page).status_code == 302  # its form is still there
    assert terms_of(draft).letter_rule("supporter") is not None


def test_a_published_call_is_read_only_and_points_to_amendments(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    call = make_call(officer=officer)
    for page in (list_url(call, "rules"), f"{list_url(call, 'rules')}F3/"):
        words = ana.get(page).content.decode()
        assert "frozen when it was published" in words
        assert f"/desk/calls/{call.reference}/amend/" in words
        assert 'name="act"' not in words
        assert 'name="terms.age"' not in words
    assert ana.post(f"{list_url(call, 'rules')}F3/", {"terms.age": "50"}).status_code == 403
    begin_amendment(call=call, actor=officer, now=now)
    assert open_row(ana, call, "rules", "F3", "terms.age").fill({"terms.age": "31"}).send()
    assert Call.objects.get(pk=call.pk).design["rules"][0]["rules"][1]["terms"]["age"] == 31
    assert rules_of(call)["F3"].terms["age"] == 30  # until the amendment is announced
    press(ana, call, "letters", "remove", "referee")
    assert "referee" in str(Call.objects.get(pk=call.pk).design["letters"])


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("prize", {"rules": "Nobody nominates themselves.", "places": "Outstanding Women Award"}),
        (
            "collaborative_research",
            {"rules": "organisations that work together", "stages": "Review of outlines"},
        ),
    ],
)
def test_other_kinds_have_their_lists(
    ana: Client, officer: Account, kind: str, told: dict[str, str]
) -> None:
    call = make_call(make_programme(kind), state="draft", officer=officer)
    for table in (key for key, each in tables_of(terms_of(call)).items() if not each.is_single):
        page = ana.get(list_url(call, table))
        assert told.get(table, "") in page.content.decode()
        for row in page.context["lines"]:
            assert row.name in html_text(ana.get(f"{list_url(call, table)}{row.key}/"))
    assert ana.get(list_url(call, "nonsense")).status_code == 404
    assert ("places" in tables_of(terms_of(call))) is (kind == "prize")


def html_text(answer: Any) -> str:
    """What stands on a page and in its fields."""
    page = html.fromstring(answer.content.decode())
    values = [*page.xpath("//input/@value"), page.text_content()]
    return " ".join(" ".join(values).split())


def options_of(call: Call, key: str) -> dict[str, str]:
    question = queries.get_working_form(call)[1].question(key)
    return {option.value: str(option.label) for option in question.options}


def test_a_level_is_offered_by_its_question_and_places_of_it_are_laid_out(
    ana: Client, draft: Call
) -> None:
    tab = open_new(ana, draft, "levels", "label_en")
    assert tab.fill({"label_en": "Short stay", "label_ar": "إقامة قصيرة"}).send().status_code == 302
    assert options_of(draft, "level")["short_stay"] == "Short stay"
    tab = open_new(ana, draft, "places", "label_en")
    tab.fill({"label_en": "Short stays at UCAS", "capacity": "12", "parent": "all"})
    tab.fill({"level": "short_stay", "host": "UCAS", "fund": "CAS", "favour": ["women"]})
    assert tab.send().status_code == 302
    (node,) = terms_of(draft).outcome.leaves_for("short_stay", "UCAS")
    assert (node.capacity, node.favour, node.parent) == (12, ("women",), "all")
    open_row(ana, draft, "levels", "short_stay", "label_en").fill({"label_en": "Visit"}).send()
    assert options_of(draft, "level")["short_stay"] == "Visit"
    told = press(ana, draft, "levels", "remove", "short_stay").content.decode()
    assert "It is still needed." in told
    assert "Short stays at UCAS" in told
    press(ana, draft, "places", "remove", node.key)
    press(ana, draft, "levels", "remove", "short_stay")
    assert set(options_of(draft, "level")) == {"master", "phd"}


def test_a_host_is_added_and_taken_away_with_everything_that_names_it(
    ana: Client, draft: Call
) -> None:
    open_new(ana, draft, "hosts", "label_en").fill({"label_en": "Makerere University"}).send()
    assert draft.hosts.filter(key="makerere_university", organisation=None).exists()
    assert "makerere_university" in options_of(draft, "hosts")
    tab = open_new(ana, draft, "rule_sets", "name_en")
    tab.fill({"name_en": "Rules of Makerere", "host": "makerere_university"}).send()
    tab = open_new(ana, draft, "rules", "sentence_en", "age_at_most")
    tab.fill({"sentence_en": "At most 45.", "terms.age": "45", "terms.on:of": "closing"})
    assert tab.fill({"of": "rules_of_makerere"}).send().status_code == 302
    assert "R1" not in rules_of(draft)
    (added,) = [rule for rule in rules_of(draft).values() if str(rule.sentence) == "At most 45."]
    told = press(ana, draft, "hosts", "remove", "makerere_university").content.decode()
    assert "Rules of Makerere" in told
    assert added.code in rules_of(draft)
    press(ana, draft, "rule_sets", "remove", "rules_of_makerere")
    press(ana, draft, "hosts", "remove", "makerere_university")
    assert not draft.hosts.filter(key="makerere_university").exists()
    assert set(options_of(draft, "hosts")) == {"UCAS", "USTC"}


def test_a_group_of_places_cannot_be_a_part_of_itself_or_stand_above_its_whole(
    ana: Client, draft: Call
) -> None:
    tab = open_row(ana, draft, "places", "phd", "parent")
    offered = [option.get("value") for option in tab.form.xpath(".//select[@name='parent']/option")]
    assert "master" in offered
    assert not {"phd", "phd-ucas", "phd-ucas-twas"} & set(offered)
    assert tab.fill({"parent": "phd-ucas"}).send().status_code == 422
    told = press(ana, draft, "places", "up", "phd-ucas-general").content.decode()
    assert "must stand below" not in told
    for _ in range(3):
        told = press(ana, draft, "places", "up", "phd").content.decode()
    assert "must stand below “All places”" in told


def test_the_number_of_a_place_that_two_pages_change_is_disputed(
    ana: Client, bo: Client, draft: Call
) -> None:
    ours = open_row(ana, draft, "places", "phd-ustc-twas", "capacity")
    theirs = Tab(bo, f"/desk/calls/{draft.reference}/outcome/", field="places-phd-ustc-twas")
    assert theirs.fill({"places-phd-ustc-twas": "20"}).send().status_code == 302
    answer = ours.fill({"capacity": "18"}).send()
    assert answer.status_code == 409
    stale = Tab(bo, f"/desk/calls/{draft.reference}/outcome/", field="places-phd-ustc-twas")
    assert ours.read(answer).fill({"keep-capacity": "mine"}).send().status_code == 302
    node = terms_of(draft).outcome.node("phd-ustc-twas")
    assert node is not None
    assert node.capacity == 18
    assert stale.fill({"places-phd-ustc-twas": "25"}).send().status_code == 409


def test_a_prize_gets_an_award_and_a_letter_its_host(
    ana: Client, officer: Account, draft: Call
) -> None:
    prize = make_call(make_programme("prize"), state="draft", officer=officer)
    tab = open_new(ana, prize, "places", "label_en")
    level = terms_of(prize).levels[0].key
    tab.fill({"label_en": "Ocean Award", "laureates": "2", "level": level})
    assert tab.send().status_code == 302
    assert [each.capacity for each in terms_of(prize).outcome.tree()][-1] == 2
    tab = open_row(ana, draft, "letters", "supervisor", "count")
    host, asked = next(iter(tab.form.xpath(".//select[starts-with(@name, 'hosts.')]"))), "UCAS"
    assert tab.shown(host.get("name")) == asked
    tab.fill({host.get("name"): "USTC"}).send()
    rule = terms_of(draft).letter_rule("supervisor")
    assert rule is not None
    assert set(rule.hosts.values()) == {"USTC"}


def test_a_group_of_people_follows_from_an_answer_and_is_as_sensitive_as_it(
    ana: Client, draft: Call
) -> None:
    tab = open_new(ana, draft, "groups", "label_en")
    tab.fill({"label_en": "men", "means": "gender"})
    assert tab.send().status_code == 302
    tab = open_row(ana, draft, "groups", "men", "label_en").fill({"values": ["man"]})
    assert tab.send().status_code == 302
    men, women = (terms_of(draft).group(key) for key in ("men", "women"))
    assert men is not None
    assert women is not None
    assert (men.values, men.is_sensitive) == (("man",), women.is_sensitive)


def test_an_amendment_of_a_list_is_read_in_words_and_not_in_codes(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    call = make_call(officer=officer, slug="amended-lists")
    begin_amendment(call=call, actor=officer, now=now)
    tab = open_row(ana, call, "letters", "referee", "need").fill({"need": "wanted"})
    tab.fill({"asked_in": ["referee_1"]}).send()
    tab = open_row(ana, call, "rules", "F3", "when")
    doctoral = tab.form.xpath(".//select[@name='when']/option[contains(., 'Doctoral')]/@value")[0]
    tab.fill({"when": doctoral, "terms.on:of": "closing", "terms.on:on": ""}).send()
    open_row(ana, call, "places", "phd-ucas-twas", "fund").fill({"favour": ["SIDS"]}).send()
    address = f"/desk/calls/{call.reference}/amend/"
    page = ana.get(address)
    told = [f"{each.where}: {each.before} → {each.after}" for each in page.context["rows"]]
    assert sorted(told) == [
        (
            "Groups of places › Doctoral at UCAS, TWAS-UNESCO › Favours people of these groups:"
            " people from least developed countries, women → people from small island developing"
            " states"
        ),
        (
            "Letters › referee’s letter › Questions that name its writers:"
            " First referee, Second referee → First referee"
        ),
        (
            "Letters › referee’s letter › Without it, what is submitted: can be submitted, but"
            " nothing can be given to it → is as good as any other"
        ),
        (
            "Rules of eligibility › For a master's place you are at most 30 on 31 December of the"
            " year of intake. › On the day: 31 December 2027 → the closing day"
        ),
        (
            "Rules of eligibility › For a master's place you are at most 30 on 31 December of the"
            " year of intake. › Whom it concerns: Level of study: Master's → Level of study:"
            " Doctoral"
        ),
    ]
    public = ana.get("/calls/amended-lists/").content.decode()
    assert "Required by" in public, "until it is announced, everyone reads what was promised"


def test_what_is_there_already_or_no_more_is_refused_in_words(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    doing: dict[str, Any] = {"call": draft, "actor": officer, "now": now}
    plan = find_kind("fellowship").letters[0]
    with pytest.raises(BadInput, match="in the list already"):
        add_letter(**doing, plan=plan)
    with pytest.raises(BadInput, match="This list is not there any more"):
        move_row(**doing, table="options-application-shoes", key="x", steps=1, base_revision=0)
    with pytest.raises(Stale, match="took this away"):
        remove_row(**doing, table="benefits", key="nothing", base_revision=draft.revision)
    with pytest.raises(BadInput, match="nothing is added to it"):
        add_row(**doing, table="stages", parts={"label_en": "Dance"}, fixed={})


def test_a_letter_keeps_the_form_that_it_has_and_names_no_host_where_there_is_none(
    officer: Account, now: dt.datetime
) -> None:
    call = make_call(make_programme("prize"), state="draft", officer=officer)
    plan = find_kind("fellowship").letters[1]
    add_letter(call=call, plan=plan, actor=officer, now=now)
    rule = terms_of(call).letter_rule("supervisor")
    assert rule is not None
    assert (dict(rule.hosts), rule.asked_in) == ({}, ())
    form = queries.get_working_form(call, "supervisor")[1]
    assert all("hosts" not in question.who_sees for question in form.questions())
    assert form.label == plan.rule.words.name


def test_how_many_one_person_hands_in_and_what_the_check_asks_are_changed(
    ana: Client, draft: Call
) -> None:
    listed = ana.get(list_url(draft, "further_rules"), follow=True)
    assert "Questions of the two-minute check" in listed.content.decode()
    tab = open_row(ana, draft, "further_rules", "further_rules", "entries_each")
    tab.fill({"entries_each": "2", "check_keys": ["level", "citizenship"], "figures": ["women"]})
    assert tab.send().status_code == 302
    terms = terms_of(draft)
    assert (terms.entries_each, terms.figures) == (2, ("women",))
    assert set(terms.check_keys) == {"level", "citizenship"}
    assert terms.levels, "what else was promised stays"
    answer = tab.read(ana.get(tab.address)).fill({"entries_each": "0"}).send()
    assert "One person must be able to hand in something." in answer.content.decode()
    assert terms_of(draft).entries_each == 2
