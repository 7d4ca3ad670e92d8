"""From a computed run to letters: who may do what, nothing visible before release, everything at
once, every letter once.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import Http404
from django.test import Client
from django.utils.translation import override

from anso.accounts.models import Account
from anso.applications.actions import screen_applications, withdraw_application
from anso.applications.rules import may_ask_letters, may_withdraw_application
from anso.applications.wording import short_status, status_in_words
from anso.awards.wording import todo_items_for as offers_to_answer
from anso.calls.models import CallBody, CallOfficer
from anso.calls.queries import get_terms
from anso.decisions import rules
from anso.decisions.actions import (
    compute_selection,
    confirm_selection,
    notify_decided_applicants,
    propose_selection,
    release_decisions,
    releasing,
    return_selection,
)
from anso.decisions.models import Decision, Placement, SelectionRun
from anso.decisions.queries import (
    decisions_visible_to,
    get_decision_shown_to,
    proposers_of,
)
from anso.decisions.wording import todo_items_for, words_for_decision, words_for_placement
from anso.directory.models import Person
from anso.kernel.actors import SETUP, WORKER
from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.todo import TodoItem
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from anso.review.models import Review, Score
from tests.cast import Cast
from tests.factories.applications import fellowship_answers, make_submitted_application
from tests.factories.decisions import SELECTED, Contest, computed, confirmed, make_contest, released
from tests.factories.directory import make_country, make_person
from tests.factories.governance import make_body, make_mandate
from tests.factories.review import make_eligible_application

pytestmark = pytest.mark.django_db
LATER = SELECTED + dt.timedelta(days=1)


def holder(contest: Contest, place: int) -> Account:
    account = contest.applications[place].applicant.account
    assert account is not None
    return account


def proposed(contest: Contest) -> SelectionRun:
    return propose_selection(
        actor=contest.officer, run=computed(contest), now=SELECTED, because="As it is."
    )


def test_of_everybody_only_officer_and_chair_act(cast: Cast) -> None:
    contest = make_contest((5,))
    run = computed(contest)
    for account in cast.everyone().values():
        assert not rules.may_compute_selection(account, contest.call, SELECTED)
        for rule in (
            rules.may_propose_selection,
            rules.may_confirm_selection,
            rules.may_return_selection,
            rules.may_release_decisions,
        ):
            verdict = rule(account, run, SELECTED)
            assert not verdict
            assert str(verdict)
    assert rules.may_propose_selection(contest.officer, run, SELECTED)
    assert not rules.may_propose_selection(contest.chair, run, SELECTED)
    assert not rules.may_confirm_selection(contest.officer, run, SELECTED)
    assert rules.may_confirm_selection(contest.chair, run, SELECTED)


def test_a_chair_who_works_on_the_call_does_not_confirm_it() -> None:
    contest = make_contest((5,))
    run = proposed(contest)
    CallOfficer.objects.create(call=contest.call, account=contest.chair, since_at=SELECTED)
    with pytest.raises(Refused, match="somebody else must confirm"):
        confirm_selection(actor=contest.chair, run=run, now=LATER)


def test_the_chair_is_written_to_and_may_return_the_run_with_a_reason() -> None:
    contest = make_contest((5,))
    run = proposed(contest)
    assert Message.objects.get(code="decisions.proposed").email == contest.chair.email
    assert [item.tone for item in todo_items_for(contest.chair, SELECTED)] == ["attn"]
    with pytest.raises(BadInput, match="Say why"):
        return_selection(actor=contest.chair, run=run, reason=" ", now=LATER)
    return_selection(actor=contest.chair, run=run, reason="Two reviews are missing.", now=LATER)
    assert run.state == "returned"
    assert todo_items_for(contest.chair, SELECTED) == []


def without_missing_reviews(contest: Contest) -> list[TodoItem]:
    """What the officer has to do, but for the reviews that these small calls lack."""
    items = todo_items_for(contest.officer, LATER)
    return [each for each in items if not each.text.startswith("Reviews are missing")]


def test_a_return_reaches_the_officer_by_mail_as_a_to_do_and_on_the_page(client: Client) -> None:
    contest = make_contest((5, 4))
    run = proposed(contest)
    return_selection(actor=contest.chair, run=run, reason="Two reviews are missing.", now=LATER)
    mail = Message.objects.get(code="decisions.returned")
    assert mail.email == contest.officer.email
    assert "Two reviews are missing." in mail.body
    (item,) = without_missing_reviews(contest)
    assert (item.text, item.tone) == ("Change a returned selection", "stop")
    client.force_login(contest.officer)
    page = client.get(item.url).content.decode()
    assert "The chair of the panel returned run 1" in page
    assert "Two reviews are missing." in page
    assert 'value="propose"' not in page


def test_what_was_returned_is_not_proposed_again_unchanged_also_computed_anew() -> None:
    contest = make_contest((5, 4))
    run = proposed(contest)
    return_selection(actor=contest.chair, run=run, reason="Look at the second.", now=LATER)
    with pytest.raises(Refused, match=r"returned \(run 1\), and nothing has changed"):
        propose_selection(actor=contest.officer, run=run, now=LATER, because="As it is.")
    again = compute_selection(actor=contest.officer, call=contest.call, now=LATER)
    with pytest.raises(Refused, match=r"\(run 1\), and nothing has changed"):
        propose_selection(actor=contest.officer, run=again, now=LATER, because="As it is.")
    (item,) = without_missing_reviews(contest)
    assert item.text == "Send the selection to the chair", "it was computed again"
    Score.objects.filter(review__assignment__application=contest.applications[1]).update(value=6)
    changed = compute_selection(actor=contest.officer, call=contest.call, now=LATER)
    assert (
        propose_selection(actor=contest.officer, run=changed, now=LATER, because="As it is.").state
        == "proposed"
    )


def test_where_another_body_confers_the_chair_of_the_jury_hears_of_a_return() -> None:
    contest = make_contest((5,))
    jury, jury_chair = make_body("jury"), make_person("Chair of the jury")
    make_mandate(jury_chair, "chair", jury)
    assert proposers_of(contest.call, LATER) == [contest.officer]
    CallBody.objects.filter(call=contest.call).update(function="conferring")
    CallBody.objects.create(call=contest.call, function="jury", body=jury)
    assert jury_chair.account in proposers_of(contest.call, LATER)


def test_a_call_without_a_panel_sends_to_nobody() -> None:
    contest = make_contest((5,))
    run = computed(contest)
    run.call.bodies.all().delete()
    with pytest.raises(BadInput, match="name one first"):
        propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")


def test_only_the_newest_run_goes_on() -> None:
    contest = make_contest((5, 4))
    old = proposed(contest)
    computed(contest)
    for act, actor in ((propose_selection, contest.officer), (confirm_selection, contest.chair)):
        with pytest.raises(Refused, match="newer run"):
            act(actor=actor, run=old, now=LATER)
    old.refresh_from_db()
    with pytest.raises(Refused, match="not confirmed"):
        release_decisions(actor=contest.officer, run=old, now=LATER)


def test_confirming_twice_is_stale() -> None:
    contest = make_contest((5,))
    run = confirmed(contest)
    with pytest.raises(StaleTransition):
        confirm_selection(actor=contest.chair, run=run, now=LATER)
    assert Decision.objects.count() == 1


def test_screening_that_changed_stops_confirming_and_release_but_not_returning() -> None:
    contest = make_contest((5, 4))
    run = proposed(contest)
    make_submitted_application(contest.call, applicant=make_person("Late Comer").account)
    with pytest.raises(Refused, match="1 is not screened yet"):
        confirm_selection(actor=contest.chair, run=run, now=LATER)
    assert rules.may_return_selection(contest.chair, run, LATER)
    other = make_contest((5, 4))
    ready = confirmed(other)
    screen_applications(
        applications=[other.applications[0]],
        verb="reject_ineligible",
        actor=SETUP,
        now=LATER,
        because="A mistake.",
    )
    with pytest.raises(Refused, match="Screening has changed"):
        release_decisions(actor=other.officer, run=ready, now=LATER)
    assert not Decision.objects.filter(state="released").exists()


def test_nothing_shows_to_applicants_before_release(client: Client) -> None:
    contest = make_contest()
    before = {place: status_in_words(contest.applications[place], SELECTED) for place in (0, 3)}
    confirmed(contest)
    for place in range(4):
        application, account = contest.applications[place], holder(contest, place)
        application.refresh_from_db()
        assert not decisions_visible_to(account, SELECTED).exists()
        assert offers_to_answer(account, SELECTED) == []
        with pytest.raises(Http404):
            get_decision_shown_to(account, application.reference)
        assert short_status(application, SELECTED)[0] == "being judged"
        client.force_login(account)
        assert client.get(f"/applications/{application.reference}/outcome/").status_code == 404
    assert {
        place: status_in_words(contest.applications[place], SELECTED) for place in (0, 3)
    } == before
    assert not Message.objects.filter(
        code__startswith="decisions.",
        email__in=[holder(contest, place).email for place in range(4)],
    ).exists()


def test_release_shows_everything_at_the_same_instant() -> None:
    contest = make_contest()
    released(contest, LATER)
    assert set(Decision.objects.values_list("released_at", flat=True)) == {LATER}
    for place, outcome in enumerate(("selected", "selected", "waiting", "waiting")):
        assert (
            get_decision_shown_to(
                holder(contest, place), contest.applications[place].reference
            ).result
            == outcome
        )
        assert decisions_visible_to(holder(contest, place), LATER).count() == 1
    with pytest.raises(Refused, match="released already"):
        release_decisions(actor=contest.officer, run=SelectionRun.objects.get(), now=LATER)


def test_a_release_that_cannot_take_all_takes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    contest = make_contest((6, 5, 4))
    run = confirmed(contest)
    many, calls = releasing.transition_many, []

    def failing_at_the_second(objects: object, verb: str, **facts: object) -> None:
        calls.append(verb)
        if verb == "decide_application":
            raise StaleTransition("application", "decide_application", "withdrawn")
        many(objects, verb, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr(releasing, "transition_many", failing_at_the_second)
    with pytest.raises(StaleTransition):
        release_decisions(actor=contest.officer, run=run, now=LATER)
    assert calls == ["release_decision", "decide_application"]
    assert set(Decision.objects.values_list("state", flat=True)) == {"prepared"}
    assert SelectionRun.objects.get().state == "confirmed"


def test_a_letter_job_that_was_killed_half_way_writes_every_letter_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contest = make_contest((6, 5, 4, 3, 2))
    run = released(contest, LATER)
    real, count = releasing.notify, [0]

    def dying_at_the_third(*args: object, **facts: object) -> bool:
        count[0] += 1
        if count[0] == 3:
            raise KeyboardInterrupt
        return real(*args, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr(releasing, "notify", dying_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        notify_decided_applicants(actor=WORKER, run=run, now=LATER)
    monkeypatch.undo()
    assert notify_decided_applicants(actor=WORKER, run=run, now=LATER) == 1
    assert notify_decided_applicants(actor=WORKER, run=run, now=LATER) == 0
    letters = Message.objects.filter(
        code__startswith="decisions.",
        email__in=[holder(contest, place).email for place in range(5)],
    )
    assert sorted(letters.values_list("email", flat=True)) == sorted(
        holder(contest, place).email for place in (2, 3, 4)
    )


def test_the_letter_tells_the_place_on_the_list_and_the_reason_without_keys() -> None:
    contest = make_contest((6, 5, 4))
    run = released(contest, LATER)
    notify_decided_applicants(actor=WORKER, run=run, now=LATER)
    body = Message.objects.get(email=holder(contest, 2).email, code="decisions.waiting").body
    lists = "Number 1 on the waiting list of “Doctoral at USTC”. If a place becomes free"
    assert f"is on the waiting list. {lists}" in body
    assert body.count("Number 1 on the waiting list") == 1
    assert "1 review, weighted mean 4.00 of at most 6: rank 3 of 3." in body
    assert "All of “Doctoral at USTC” went to higher ranks, the last to rank 2." in body
    assert "phd-ustc" not in body
    assert "Say what would prove you wrong." in body


def test_whoever_was_not_eligible_hears_it_with_the_release() -> None:
    contest = make_contest((6,))
    rejected = make_submitted_application(contest.call, applicant=make_person("Out Sider").account)
    screen_applications(
        applications=[rejected],
        verb="reject_ineligible",
        actor=SETUP,
        now=SELECTED,
        because="The degree came too late.",
    )
    run = released(contest, LATER)
    notify_decided_applicants(actor=WORKER, run=run, now=LATER)
    assert "The degree came too late." in Message.objects.get(code="decisions.ineligible").body
    assert Decision.objects.get(application=rejected).result == "ineligible"


def test_a_rule_not_met_is_told_in_the_language_of_whoever_reads_it() -> None:
    """Found by the rules alone: the officer wrote nothing, and changing one's language later
    changes the words.
    """
    contest = make_contest((6,))
    make_country("CN")
    outsider = make_person("Out Sider").account
    assert outsider is not None
    rejected = make_submitted_application(
        contest.call, applicant=outsider, answers=fellowship_answers(citizenship="CN")
    )
    screen_applications(
        applications=[rejected], verb="reject_ineligible", actor=SETUP, now=SELECTED
    )
    run = released(contest, LATER)
    Account.objects.filter(pk=outsider.pk).update(language="ar")
    notify_decided_applicants(actor=WORKER, run=run, now=LATER)
    decision, terms = Decision.objects.get(application=rejected), get_terms(contest.call)
    (rule,) = decision.unmet
    assert (decision.reason, rule["code"]) == ("", "F2")
    body = Message.objects.get(code="decisions.ineligible").body
    assert rule["sentence"]["ar"] in body
    assert rule["sentence"]["en"] not in body
    with override("en"):
        assert words_for_decision(decision, None, terms) == f"F2: {rule['sentence']['en']}"


def test_somebody_who_withdrew_after_computing_gets_no_decision() -> None:
    contest = make_contest((6, 5, 4))
    run = proposed(contest)
    withdraw_application(application=contest.applications[1], actor=holder(contest, 1), now=LATER)
    confirm_selection(actor=contest.chair, run=run, now=LATER)
    assert Decision.objects.count() == 2


def test_anonymous_people_see_no_decision() -> None:
    from django.contrib.auth.models import AnonymousUser

    contest = make_contest((6,))
    released(contest)
    assert not decisions_visible_to(AnonymousUser(), SELECTED).exists()  # type: ignore[arg-type]


def test_the_same_reason_is_read_in_the_reader_s_language() -> None:
    contest = make_contest((6, 5, 4))
    place = computed(contest).placements.get(application=contest.applications[0])
    terms = get_terms(contest.call)
    english = words_for_placement(place, terms)
    assert (
        english == "1 review, weighted mean 6.00 of at most 6: rank 1 of 3. It received a place in"
        " “Doctoral at USTC”."
    )
    with override("de"):
        assert "6,00" in words_for_placement(place, terms)


def test_reasons_name_country_groups_and_closed_seats_in_words() -> None:
    contest = make_contest((6, 5))
    place = computed(contest).placements.get(application=contest.applications[1])
    place.result, place.place = "unplaced", ""
    refusal = {"leaf": "phd-ustc", "where": "phd-ustc", "group": "", "last": None}
    refusal |= {"is_equal": False, "kept_in": ""}
    for cause, group, words in (
        ("not_open", "LDC", "only open to one group: people from least developed countries"),
        ("ceiling", "country:KE", "The limit for Kenya"),
        ("reserved", "women", "kept for one group: women"),
        ("full", "", "has nothing to give"),
    ):
        place.facts = {"of": 2, "refusals": [refusal | {"cause": cause, "group": group}]}
        assert words in words_for_placement(place, get_terms(contest.call))


def test_computing_again_before_release_needs_a_new_confirmation() -> None:
    contest = make_contest((6, 5))
    confirmed(contest)
    again = compute_selection(actor=contest.officer, call=contest.call, now=LATER)
    assert not rules.may_release_decisions(contest.officer, again, LATER)
    (item,) = without_missing_reviews(contest)
    assert item.text == "Send the selection to the chair"


def test_whoever_was_found_not_eligible_cannot_tell_before_the_release(client: Client) -> None:
    contest = make_contest((6,))
    rejected = make_submitted_application(contest.call, applicant=make_person("Out Sider").account)
    account = rejected.applicant.account
    assert account is not None
    screen_applications(
        applications=[rejected],
        verb="reject_ineligible",
        actor=SETUP,
        now=SELECTED,
        because="The degree came too late.",
    )
    confirmed(contest)
    eligible, other = contest.applications[0], holder(contest, 0)
    for rule in (may_withdraw_application, may_ask_letters):
        assert rule(account, rejected, SELECTED).allowed == rule(other, eligible, SELECTED).allowed
    client.force_login(account)
    page = client.get(f"/applications/{rejected.reference}/").content.decode()
    assert "degree came too late" not in page
    assert "eligible" not in page.split("<main", 1)[1].split("</main", 1)[0].lower().replace(
        "eligibility", ""
    )
    withdraw_application(application=rejected, actor=account, now=SELECTED)
    released(contest)
    assert not Decision.objects.filter(application=rejected).exists()


def test_whoever_has_no_account_any_more_is_decided_on_and_gets_no_letter() -> None:
    contest = make_contest((6, 5, 4, 3))
    run = released(contest)
    Person.objects.filter(pk=contest.applications[2].applicant_id).update(account=None)
    assert notify_decided_applicants(actor=WORKER, run=run, now=LATER) == 1
    assert Message.objects.get(code="decisions.waiting").email == holder(contest, 3).email
    assert Decision.objects.filter(state="released").count() == 4


def test_a_confirmed_selection_waits_for_its_officer() -> None:
    contest = make_contest((6, 5))
    confirmed(contest)
    (item,) = todo_items_for(contest.officer, SELECTED)
    assert item.text == "Release the decisions"
    assert todo_items_for(contest.chair, SELECTED) == []


def test_a_reviewer_who_wrote_nothing_for_the_applicant_leaves_no_empty_paragraph() -> None:
    contest = make_contest((6, 5))
    Review.objects.filter(assignment__application=contest.applications[0]).update(
        comment_for_applicant=" "
    )
    confirmed(contest)
    feedback = dict(Decision.objects.values_list("application__number", "feedback"))
    assert [feedback[each.number] for each in contest.applications] == [
        "",
        "Say what would prove you wrong.",
    ]


def test_a_call_that_nobody_reviewed_is_ranked_without_scores() -> None:
    contest = make_contest(())
    make_eligible_application(contest.call)
    (place,) = computed(contest).placements.all()
    assert (place.score, place.facts.get("lowest")) == (None, None)


def test_a_seat_of_the_same_host_and_level_is_no_loss() -> None:
    terms = KINDS["fellowship"].terms_for(2027)
    refusal = {
        "leaf": "phd-ucas-twas",
        "where": "phd-ucas-twas",
        "group": "developing",
        "last": None,
        "cause": "not_open",
    }
    leaves = {node.key: node for node in terms.outcome.leaves()}
    twas, general = (
        next(
            key
            for key, node in leaves.items()
            if node.level == "phd" and node.host == "UCAS" and node.fund == fund
        )
        for fund in ("TWAS-UNESCO", "CAS")
    )
    place = Placement(
        result="selected",
        place=general,
        rank=1,
        review_count=3,
        facts={"of": 2, "refusals": [refusal | {"leaf": twas, "where": twas}]},
    )
    assert words_for_placement(place, terms).endswith(
        "It received a place in “Doctoral at UCAS, general”."
    )
