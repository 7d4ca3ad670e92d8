"""A published call is amended: by whom, with which difference, told to whom, and never behind the
back of those who were judged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.actions import telling
from anso.applications.actions.amended import notify_of_amendment
from anso.applications.models import Application
from anso.audit.models import Entry
from anso.calls import actions
from anso.calls.models import Call, CallTerms
from anso.calls.queries import announced_seed, get_rule_sets, get_terms
from anso.calls.queries.amendments import WRITERS, amendments_of
from anso.calls.wording.amendments import changes_in_words
from anso.calls.wording.rows import shelves_of
from anso.decisions.queries.inputs import get_selection_inputs
from anso.decisions.rules import may_propose_selection
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput
from anso.kernel.terms import Terms, to_plain
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from tests.cast import Cast
from tests.factories.applications import make_application, make_submitted_application
from tests.factories.calls import make_call, make_programme
from tests.factories.decisions import computed, confirmed, make_contest, released
from tests.factories.review import IN_REVIEW, make_reviewer
from tests.factories.steps import named

DAY = dt.timedelta(days=1)


def begun(call: Call, officer: Account, now: dt.datetime) -> Call:
    """The call with an amendment begun."""
    actions.begin_amendment(call=call, actor=officer, now=now)
    return Call.objects.get(pk=call.pk)


def announce(
    call: Call, officer: Account, now: dt.datetime, because: str = "A mistake"
) -> CallTerms:
    """Announce what stands in the working copy, as somebody who has looked at it."""
    call = Call.objects.get(pk=call.pk)
    return actions.announce_amendment(
        call=call,
        because=because,
        expected_sha256=content_hash(actions.amended_body(call, call.design)),
        actor=officer,
        now=now,
    )


def with_terms(call: Call, terms: Terms) -> None:
    """Put other terms into the working copy, as the pages of the design do."""
    Call.objects.filter(pk=call.pk).update(design=to_plain(terms))


def heavier(terms: Terms) -> Terms:
    """The same terms with a tenth of the weight moved from the first criterion to the second."""
    first, second, *rest = terms.rubric.criteria
    tenth = Decimal("0.1")
    moved = (
        replace(first, weight=first.weight - tenth),
        replace(second, weight=second.weight + tenth),
        *rest,
    )
    return replace(terms, rubric=replace(terms.rubric, criteria=moved))


def change_rubric(call: Call, officer: Account, now: dt.datetime) -> None:
    """Amend the weights by the action of the page."""
    actions.change_rubric(
        call=call,
        changes={"criteria": heavier(get_terms(call)).rubric.criteria},
        base_revision=call.revision,
        actor=officer,
        now=now,
    )


def test_weights_are_amended_and_told_to_applicants_and_reviewers(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    applicant = make_submitted_application(call).applicant.account
    withdrawn = make_application(call, applicant=cast.stranger)
    Application.objects.filter(pk=withdrawn.pk).update(state="withdrawn", withdrawn_at=now)
    reviewer = make_reviewer(call).person.account
    promised, before = get_terms(call), call.terms_sha256
    call = begun(call, officer, now)
    change_rubric(call, officer, now)
    assert get_terms(Call.objects.get(pk=call.pk)) == promised, "in force only when announced"
    terms = announce(call, officer, now, "The board asked for it")
    call = Call.objects.get(pk=call.pk)
    assert (terms.version, call.amending_since) == (2, None)
    assert get_terms(call) == heavier(promised)
    assert call.terms_sha256 == terms.sha256 != before
    for _ in range(2):  # a job that is taken up again tells nobody twice
        notify_of_amendment(terms=CallTerms.objects.get(pk=terms.pk), now=now)
    mails = {mail.code: mail for mail in Message.objects.filter(code__endswith="amended")}
    assert {mail.recipient for mail in mails.values()} == {applicant, reviewer}
    assert Message.objects.filter(code__endswith="amended").count() == 2
    for mail in mails.values():
        assert "The board asked for it" in mail.body
        assert f"Weight: {promised.rubric.criteria[0].weight} → " in mail.body
    entry = Entry.objects.get(verb="amend_call")
    assert entry.because == "The board asked for it"


def test_a_typo_is_announced_on_the_page_and_disturbs_nobody(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer, slug="typo"), cast.programme_officer
    make_submitted_application(call)
    call = begun(call, officer, now)
    actions.change_call_text(
        call=call,
        title={"en": "Fellowship for Young Talent 2027"},
        summary={},
        base_revision=call.revision,
        actor=officer,
        now=now,
    )
    assert Call.objects.get(pk=call.pk).title["en"] == "Fellowship for Young Talents 2027"
    terms = announce(call, officer, now, "One letter too many")
    notify_of_amendment(terms=terms, now=now)
    assert not Message.objects.filter(code__endswith="amended").exists()
    words = " ".join(client.get(reverse("calls:call", args=["typo"])).content.decode().split())
    assert "The call was amended" in words
    assert "One letter too many" in words
    assert "Fellowship for Young Talents 2027" in words, "what stood there before"
    old = client.get(reverse("calls:terms", args=["typo"]), {"version": "1"})
    assert CallTerms.objects.get(call=call, version=1).sha256 in old["ETag"]
    assert client.get(reverse("calls:terms", args=["typo"]), {"version": "9"}).status_code == 404


def test_seats_a_rule_and_a_later_day_are_amended_and_shown(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer, slug="more"), cast.programme_officer
    application = make_submitted_application(call)
    assert application.eligibility == "eligible"
    call = begun(call, officer, now)
    terms = get_terms(call)
    node = terms.outcome.leaves()[0]
    rules = to_plain(terms.rules)
    aged = [each for part in rules for each in part["rules"] if "age" in each["terms"]]
    seen = dict(aged[0]["terms"])
    for rule in aged:
        rule["terms"]["age"] = 20
    stages = tuple(
        replace(each, starts_on=each.starts_on + DAY, ends_on=each.ends_on + DAY)
        if each.block in ("release", "offers")
        else each
        for each in terms.stages
    )
    changed = replace(
        terms,
        outcome=terms.outcome.with_counts({node.key: node.capacity + 3}),
        rules=tuple(rules),
        stages=stages,
    )
    with_terms(call, changed)
    amended = announce(call, officer, now)
    day = named(Call.objects.get(pk=call.pk), "release").starts_on
    assert day == next(each for each in stages if each.block == "release").starts_on
    notify_of_amendment(terms=amended, now=now)
    application.refresh_from_db()
    assert application.eligibility == "not_eligible", "judged anew by the rule that counts"
    (shown,) = amendments_of(Call.objects.get(pk=call.pk))
    words = changes_in_words(shown.changes, shelves_of(call, get_terms(call)))
    assert f"Number of places: {node.capacity} → {node.capacity + 3}" in words
    assert f"At most, in years: {seen['age']} → 20" in words
    assert "Results › First day:" in words
    page = " ".join(client.get(reverse("calls:call", args=["more"])).content.decode().split())
    assert "Results › First day" in page


def test_rules_do_not_change_behind_those_who_can_no_longer_answer(cast: Cast) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    after = call.closes_at + DAY
    call = begun(call, officer, after)
    terms = get_terms(call)
    rules = to_plain(terms.rules)
    rules[0]["rules"][0]["terms"] = {**rules[0]["rules"][0]["terms"], "age": 20}
    with_terms(call, replace(terms, rules=tuple(rules)))
    with pytest.raises(BadInput, match="by the rules of that day"):
        announce(call, officer, after)


def test_reviews_that_were_submitted_keep_their_weights_and_their_wording_may_be_mended(
    cast: Cast,
) -> None:
    contest = make_contest((6, 5))
    call = begun(contest.call, contest.officer, IN_REVIEW)
    with_terms(call, heavier(get_terms(call)))
    with pytest.raises(BadInput, match="Reviews were submitted by this rubric"):
        announce(call, contest.officer, IN_REVIEW)
    terms = get_terms(call)
    first = terms.rubric.criteria[0]
    worded = replace(first, hint=type(first.hint)("Look at the wells"))
    rubric = replace(terms.rubric, criteria=(worded, *terms.rubric.criteria[1:]))
    with_terms(call, replace(terms, rubric=rubric))
    announce(call, contest.officer, IN_REVIEW)
    assert {mail.code for mail in Message.objects.filter(code__endswith="amended")} == {
        "review.amended"
    }


def test_whether_reviewers_learn_names_is_settled_when_they_read(cast: Cast) -> None:
    contest = make_contest((6, 5))
    call = begun(contest.call, contest.officer, IN_REVIEW)
    terms = get_terms(call)
    with_terms(call, replace(terms, rubric=replace(terms.rubric, is_blind=False)))
    with pytest.raises(BadInput, match=r"Reviews were submitted|learn names"):
        announce(call, contest.officer, IN_REVIEW)


def test_after_an_amendment_a_selection_is_computed_again_and_draws_do_not_change(
    cast: Cast,
) -> None:
    contest = make_contest((6, 6))
    call, seed = contest.call, announced_seed(contest.call)
    run = computed(contest)
    later = run.computed_at + DAY
    call = begun(call, contest.officer, later)
    with_terms(call, replace(get_terms(call), offer_days=30))
    announce(call, contest.officer, later)
    verdict = may_propose_selection(contest.officer, type(run).objects.get(pk=run.pk), later)
    assert "Compute it again" in str(verdict)
    assert announced_seed(call) == seed
    step = named(call, "review")
    assert get_selection_inputs(Call.objects.get(pk=call.pk), step).task.seed == seed


@pytest.mark.parametrize("settle", [confirmed, released])
def test_nothing_changes_under_a_selection_but_wording_and_days(cast: Cast, settle: Any) -> None:
    contest = make_contest((6, 5))
    run = settle(contest)
    later = run.computed_at + DAY
    call = begun(contest.call, contest.officer, later)
    with_terms(call, replace(get_terms(call), offer_days=30))
    with pytest.raises(BadInput, match="only wording"):
        announce(call, contest.officer, later)


def test_what_people_chose_from_what_has_begun_and_earlier_letters_are_refused(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    call = begun(call, officer, now)
    terms = get_terms(call)
    window, letter = terms.stages[0], terms.letters[0]
    bad: Mapping[str, Terms] = {
        "people chose from this list": replace(terms, figures=(), groups=terms.groups[1:]),
        "has begun or takes applications": replace(
            terms, stages=(replace(window, ends_on=window.ends_on - DAY), *terms.stages[1:])
        ),
        "not due earlier": replace(
            terms, letters=(replace(letter, days_after_close=3), *terms.letters[1:])
        ),
    }
    for words, changed in bad.items():
        with_terms(call, changed)
        with pytest.raises(BadInput, match=words):
            announce(call, officer, now)
    assert CallTerms.objects.filter(call=call).count() == 1


def test_no_reason_no_change_and_another_look_are_refused(cast: Cast, now: dt.datetime) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    with pytest.raises(BadInput, match="No amendment"):
        announce(call, officer, now)
    call = begun(call, officer, now)
    assert begun(call, officer, now).revision == call.revision, "begun twice goes on as it was"
    with pytest.raises(BadInput, match="Nothing differs"):
        announce(call, officer, now)
    change_rubric(call, officer, now)
    with pytest.raises(BadInput, match="Say why"):
        announce(call, officer, now, " ")
    with pytest.raises(BadInput, match="changed after you opened"):
        actions.announce_amendment(
            call=call, because="x", expected_sha256="0", actor=officer, now=now
        )
    with pytest.raises(BadInput, match="when the call opens"):
        actions.change_call_dates(
            call=call,
            dates=actions.CallDates(call.opens_at, call.closes_at, "UTC"),
            base_revision=call.revision,
            actor=officer,
            now=now,
        )
    actions.discard_amendment(call=call, actor=officer, now=now)
    call = Call.objects.get(pk=call.pk)
    assert (call.amending_since, call.terms.count()) == (None, 1)
    with pytest.raises(Refused):
        change_rubric(call, officer, now)


def test_a_call_without_terms_is_not_amended(cast: Cast, now: dt.datetime) -> None:
    call = begun(make_call(officer=cast.programme_officer), cast.programme_officer, now)
    call.terms.all().delete()
    with pytest.raises(BadInput, match="no terms that could be amended"):
        announce(call, cast.programme_officer, now)


def test_only_officers_of_a_published_call_amend_it(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    for role, account in cast.everyone().items():
        if role != "programme_officer":
            with pytest.raises(Refused):
                begun(call, account, now)
    with pytest.raises(Refused, match="not published"):
        begun(make_call(state="draft", officer=cast.programme_officer), cast.programme_officer, now)


@pytest.mark.parametrize("kind", ["fellowship", "prize", "collaborative_research"])
def test_an_officer_amends_every_kind_by_pages(
    client: Client, cast: Cast, now: dt.datetime, kind: str
) -> None:
    call = make_call(make_programme(kind), officer=cast.programme_officer, slug="by-pages")
    make_reviewer(call)
    client.force_login(cast.programme_officer)
    page = reverse("calls:amend", args=[call.reference])
    assert "Until then nothing changes" in client.get(page).content.decode()
    assert client.post(page, {"act": "begin"}).status_code == 302
    assert "Nothing differs yet" in client.get(page).content.decode()
    edit = reverse("calls:edit", args=[call.reference])
    client.post(edit, {"title_en": "A better title", "revision": "1"})
    rubric = reverse("calls:rubric", args=[call.reference])
    client.post(rubric, {"reviews_each": "2", "revision": "9"})
    words = " ".join(client.get(page).content.decode().split())
    assert "A better title" in words
    sha256 = words.split('name="sha256" value="')[1][:64]
    refused = client.post(page, {"act": "announce", "sha256": sha256, "because": ""})
    assert refused.status_code == 422
    typed = {"act": "announce", "sha256": sha256, "because": "Better"}
    sure = client.post(page, typed).content.decode()
    assert "Reviewers: 1." in sure
    assert Call.objects.get(pk=call.pk).title["en"] != "A better title"
    done = client.post(page, typed | {"looked": "1"})
    assert done.status_code == 302
    assert Call.objects.get(pk=call.pk).title["en"] == "A better title"
    assert "Better" in client.get(page).content.decode()
    client.post(page, {"act": "begin"})
    client.post(page, {"act": "discard"})
    assert Call.objects.get(pk=call.pk).amending_since is None


def test_the_rules_that_judge_are_those_that_were_announced(cast: Cast, now: dt.datetime) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    before = get_rule_sets(call)
    call = begun(call, officer, now)
    terms = get_terms(call)
    with_terms(call, replace(terms, rules=terms.rules[:1]))
    assert get_rule_sets(Call.objects.get(pk=call.pk)) == before
    announce(call, officer, now)
    assert len(get_rule_sets(Call.objects.get(pk=call.pk))) == 1


def test_writers_and_applicants_are_told_what_is_asked_now(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    application = make_submitted_application(call)
    call = begun(call, officer, now)
    terms = get_terms(call)
    letter, *others = terms.letters
    asked = replace(letter.words, request=type(letter.words.request)("Say it in one page."))
    rules = to_plain(terms.rules)
    rules[0]["rules"] = rules[0]["rules"][1:]
    letters = (replace(letter, words=asked), *others)
    with_terms(call, replace(terms, letters=letters, rules=tuple(rules)))
    client.force_login(officer)
    page = " ".join(
        client.get(reverse("calls:amend", args=[call.reference])).content.decode().split()
    )
    assert "Begun or submitted, whose people are told: 1." in page
    assert f"Letters whose writers are told: {application.letters.count()}." in page
    assert "judged anew by the changed rules" in page
    amended = announce(call, officer, now)
    notify_of_amendment(terms=amended, now=now)
    written = Message.objects.filter(code="applications.letter_amended")
    assert {mail.email for mail in written} == {each.email for each in application.letters.all()}
    assert all("Say it in one page." in mail.body for mail in written)


def test_a_computed_selection_that_will_not_count_is_told_before(
    client: Client, cast: Cast
) -> None:
    contest = make_contest((6, 5))
    run = computed(contest)
    call = begun(contest.call, contest.officer, run.computed_at + DAY)
    with_terms(call, replace(get_terms(call), offer_days=30))
    client.force_login(contest.officer)
    page = client.get(reverse("calls:amend", args=[call.reference])).content.decode()
    assert "counts no more: compute it again" in page


def test_an_amendment_for_writers_alone_is_told_to_no_applicant(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = make_call(officer=cast.programme_officer)
    terms = CallTerms.objects.filter(call=call).latest("version")
    monkeypatch.setattr(telling, "get_amendment", lambda _terms: SimpleNamespace(changes=()))
    monkeypatch.setattr(telling, "audiences_of", lambda _call, _changes: {WRITERS})
    told = telling._told_of_amendment(terms, call.opens_at)
    assert [each.who for each in told] == [telling.OF_WRITERS]
