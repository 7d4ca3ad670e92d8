"""Whatever a program records is named in words: fields, values, reasons that it writes itself."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from anso.audit.actions import record_entry
from anso.audit.models import Entry
from anso.audit.queries import KEYS, names_of_keys
from anso.audit.wording import FIELDS, changes_in_words, keys_in, why_words
from anso.calls.queries import get_form, get_terms, has_titles
from anso.calls.queries.keys import CALLS_BEHIND, SHELVES
from anso.calls.queries.terms import _terms
from anso.kernel.terms import to_plain
from anso.kernel.verdict import ALLOWED
from anso.kernel.wording import Text
from anso.questionnaires.models import FormVersion
from tests.audit.test_wording import MODULES, lifecycles
from tests.cast import Cast
from tests.factories.applications import make_application
from tests.factories.calls import make_call, make_unlike_calls
from tests.factories.review import make_review
from tests.factories.steps import make_two_step_call, noon
from tests.pages import queries_of, squeezed

pytestmark = pytest.mark.django_db
TAKE_CHANGES = {"record_entry", "record_entries"}
TRANSITIONS = {"transition", "transition_many"}
NO_FIELDS = {"actor", "now", "because"}
KIND = "applications.application"


def keys_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Dict):
        yield from (key.value for key in node.keys if isinstance(key, ast.Constant))


def names_in(node: ast.AST) -> Iterator[str]:
    """The fields that one piece of an action names where it records."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        for given in node.keywords:
            if node.func.id in TAKE_CHANGES and given.arg == "changes":
                yield from keys_of(given.value)
            if node.func.id in TRANSITIONS and given.arg and given.arg not in NO_FIELDS:
                yield given.arg
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "changes":
        yield from keys_of(node.value)


def names_in_code() -> set[str]:
    """The fields that actions record."""
    acting = (path for path in MODULES if "actions" in (path.stem, path.parent.name))
    return {
        name
        for path in acting
        for node in ast.walk(ast.parse(path.read_text()))
        for name in names_in(node)
    }


def is_named(name: str) -> bool:
    return any(each == name or each.endswith(f":{name}") for each in FIELDS)


def test_every_field_that_is_recorded_has_a_name() -> None:
    stamped = {
        name
        for lifecycle in lifecycles()
        for step in lifecycle.transitions
        for name in (*step.stamps, *step.clears)
    }
    written = names_in_code()
    assert {"respond_by", "step_id", "place", "is_met"} <= written
    assert sorted(name for name in written | stamped if not is_named(name)) == []


def test_every_state_is_in_words() -> None:
    living = [model for model in apps.get_models() if hasattr(model, "lifecycle")]
    assert len(living) > 9
    for model in living:
        codes = FIELDS[f"{model._meta.label_lower}:state"].codes
        assert set(model.lifecycle.states) <= set(codes), model


def test_fields_and_codes_are_read_in_the_readers_language() -> None:
    def words() -> dict[str, str]:
        found = {name: str(each.label) for name, each in FIELDS.items() if each.label}
        return found | {
            f"{name} {code}": str(said)
            for name, each in FIELDS.items()
            for code, said in each.codes.items()
        }

    with override("en"):
        english = words()
    with override("ar"):
        arabic = words()
    assert [name for name in english if arabic[name] == english[name]] == []


def entry(kind: str, pk: int, verb: str, changes: dict[str, Any], because: str = "") -> Entry:
    return Entry(object_type=kind, object_id=pk, verb=verb, changes=changes, because=because)


def told(*entries: Entry) -> list[str]:
    names = names_of_keys(keys_in(entries))
    return [
        f"{line.name}{'*' * line.name.is_stored}: {line.before} → {line.after}"
        + "*" * line.after.is_stored
        for each in entries
        for line in changes_in_words(each, names)
    ]


def test_the_step_to_which_somebody_was_led_is_the_reason_in_words(cast: Cast) -> None:
    call = make_two_step_call()
    application = make_application(call, now=noon(call, "outlines"))
    step = call.steps.get(key="full_proposals")
    facts = (KIND, application.pk, "invite_application")
    led = entry(*facts, {"step_id": [None, step.pk]}, step.key)
    names = names_of_keys(keys_in([led]))
    assert str(why_words(led, names)) == step.label["en"] != step.key
    assert told(led) == [f"step: – → {step.label['en']}"]
    with override("ar"):
        assert str(why_words(led, names)) == step.label["ar"]


def test_keys_are_called_as_the_call_calls_them(cast: Cast) -> None:
    application = make_application()
    call, pk = application.call, application.pk
    terms, (version, form) = get_terms(call), get_form(call)
    rule, question = terms.rules[0]["rules"][0], next(iter(form.questions()))
    host, place, letter = terms.hosts[0], terms.outcome.tree()[0], terms.letters[0]
    reviewed = make_review()
    criterion = get_terms(reviewed.assignment.application.call).rubric.criteria[0]
    assert told(
        entry(KIND, pk, "answer_rule", {"rule": [None, rule["code"]], "is_met": True}),
        entry(KIND, pk, "put_file_in", {"slot": question.key}),
        entry(KIND, pk, "move", {"form_version_id": [None, version.pk]}),
        entry("calls.call", call.pk, "publish_questions", {"application": [None, 2]}),
        entry("calls.call", call.pk, "name_host", {host.key: ["", "Institute"]}),
        entry(KIND, pk, "move", {"place": [place.key, "gone"]}),
        entry("review.review", reviewed.pk, "submit_review", {criterion.key: [None, "2"]}),
        entry("applications.letter", 0, "ask_letter", {"kind": [None, letter.kind]}),
    ) == [
        f"rule: – → {Text(rule['sentence'])}",
        "met: None → yes",
        f"question: None → {question.label}",
        f"form: – → {form.label}, 1",
        f"{form.label}: – → 2",
        f"{host.label}: – → Institute",
        f"place: {place.label} → gone*",
        f"{criterion.label}: – → 2",
        f"letter: – → {letter.kind}*",
    ]
    assert {"levels", "letters"} < SHELVES.keys()


def test_what_nobody_names_stands_as_it_is_kept_and_says_so(cast: Cast) -> None:
    assert told(
        entry(KIND, 1, "bake", {"cake": [None, "sponge"], "state": ["draft", "eaten"]}),
        entry("bakery.cake", 1, "bake", {"number": [1, 2], "answer": ["", "Yes, it is."]}),
        entry(KIND, 1, "bake", {"flags": [[], ["document", "identity"]], "due_at": "changed"}),
        entry(
            KIND,
            1,
            "bake",
            {"due_at": [None, "2027-03-01T12:00:00+00:00"], "until_on": None},
        ),
        entry("calls.call", 1, "bake", {"title": [{"en": "A"}, {"en": "B"}]}),
        entry(KIND, 1, "keep_export_view", {"My view": [None, "changed"]}),
        entry("governance.membership", 1, "admit_member", {"category": "founding", "x": ["a"] * 3}),
        entry(KIND, 1, "bake", {"remark": "long " * 100}),
    ) == [
        "cake*: – → sponge*",
        "state: draft → eaten*",
        "number: 1 → 2",
        "answer: – → Yes, it is.",
        "flags: – → a document is to be mended, who it is must be checked",
        "due by: None → changed",
        "due by: – → 1 March 2027, 12:00 (UTC)",
        "invited until: None → –",
        "Title: A → B",
        "My view: – → changed",
        "category: None → founding member",
        "x*: None → a, a, a*",
        f"remark: None → {('long ' * 100)[:300]}…",
    ]


def test_reasons_of_programs_are_in_words_and_those_of_people_as_they_were_said() -> None:
    waits = entry("notifications.message", 1, "hold_message", {}, "Waits for release.")
    hers = entry("notifications.message", 1, "hold_message", {}, "I want to look again.")
    lost = entry("applications.application", 0, "invite_application", {}, "talks")
    terms = entry("calls.call", 1, "publish_call", {}, "terms 12ab")
    refused = entry("applications.application", 1, "reject_ineligible", {}, "Late.")
    with override("ar"):
        assert str(why_words(waits, {})) != waits.because
        assert str(why_words(hers, {})) == hers.because
    assert why_words(lost, {}).is_stored
    assert str(why_words(terms, {})) == "terms with the fingerprint 12ab"
    assert str(why_words(refused, {})) == "Late."
    assert str(why_words(entry("x.y", 1, "hold_message", {}), {})) == ""


def test_what_a_call_promises_is_told_as_an_amendment_tells_it(cast: Cast) -> None:
    call = make_call()
    before = to_plain(get_terms(call))["levels"]
    after = [before[0] | {"label": before[0]["label"] | {"en": "Doctor"}}, *before[1:]]
    (line,) = told(entry("calls.call", call.pk, "change_levels", {"levels": [before, after]}))
    assert line == f"What people choose › Doctor › Name: {before[0]['label']['en']} → Doctor"
    amended = {f"levels.{before[0]['key']}.label": [before[0]["label"], after[0]["label"]]}
    (line,) = told(entry("calls.call", call.pk, "amend_call", amended))
    assert line.endswith(f"Name: {before[0]['label']['en']} → Doctor")


def test_pages_of_the_record_cost_the_same_for_few_keys_and_for_many(
    cast: Cast, client: Client, now: dt.datetime, settings: Any
) -> None:
    settings.RECORD_READER = "tests.audit.test_fields.anybody"
    client.force_login(cast.programme_officer)
    costs = {}
    for number, call in enumerate(make_unlike_calls(4), 1):
        application = make_application(call)
        for step in call.steps.all():
            record_entry(
                application,
                "invite_application",
                actor=cast.programme_officer,
                now=now,
                because=step.key,
                changes={"step_id": [None, step.pk], "rule": [None, "F1"]},
            )
        _terms.clear()
        chain = reverse("audit:chain", args=["applications.application", application.pk])
        if number in (1, 4):
            costs[number] = queries_of(client, reverse("audit:record")), queries_of(client, chain)
    assert costs[1] == costs[4]
    page = squeezed(client.get(chain))
    assert str(call.steps.last().label["en"]) in page
    assert "Because: <bdi>" in page


def anybody(actor: object, now: object) -> object:
    return ALLOWED


def test_a_call_that_has_no_form_yet_asks_no_title(cast: Cast) -> None:
    assert has_titles(make_call())
    without = make_call()
    FormVersion.objects.filter(owner_id=without.pk).delete()
    assert not has_titles(without)


def test_objects_that_are_gone_and_calls_without_such_a_list_name_nothing() -> None:
    lost = entry("applications.application", 0, "invite_application", {}, "talks")
    assert names_of_keys(keys_in([lost])) == {}
    assert names_of_keys([]) == {}
    assert "calls" in KEYS
    assert all(apps.get_model(kind) for kind in CALLS_BEHIND)
