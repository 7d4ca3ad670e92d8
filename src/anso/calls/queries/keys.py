"""What keys are called that the record keeps of a call and of what belongs to it: as the call calls
them, in a number of queries that does not grow with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from django.apps import apps

from anso.audit.queries import Key
from anso.calls.models import Call, Step
from anso.calls.queries.terms import get_terms, keep_terms
from anso.kernel.registers import Register
from anso.kernel.terms import Terms
from anso.kernel.wording import Text
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import form_of

Names = Iterator[tuple[str, Text]]
# By the label of a model: the way from its rows to their call. Each app tells its own.
CALLS_BEHIND: Register[str] = Register("ways to the call of an object")
OWN_WAYS = {"calls.call": "pk"}


def _named_in_terms(shelf: str) -> Callable[[Terms], Names]:
    return lambda terms: ((each.key, each.label) for each in getattr(terms, shelf))


def _places(terms: Terms) -> Names:
    return ((node.key, node.label) for node in terms.outcome.tree())


def _criteria(terms: Terms) -> Names:
    for rubric in (terms.rubric, *terms.rubrics.values()):
        yield from ((each.key, each.label) for each in rubric.criteria)


def _letters(terms: Terms) -> Names:
    return ((rule.kind, rule.words.name) for rule in terms.letters)


def _rules(terms: Terms) -> Names:
    for rule_set in terms.rules:
        for rule in rule_set["rules"]:
            yield rule["code"], Text(rule["sentence"])


IN_TERMS: Mapping[str, Callable[[Terms], Names]] = {
    "levels": _named_in_terms("levels"),
    "hosts": _named_in_terms("hosts"),
    "places": _places,
    "criteria": _criteria,
    "letters": _letters,
    "rules": _rules,
}


def _in_terms(calls: Collection[Call], shelf: str) -> dict[int, dict[str, Text]]:
    keep_terms(calls)
    return {call.pk: dict(IN_TERMS[shelf](get_terms(call))) for call in calls}


def _of_steps(calls: Collection[Call], name: str) -> dict[int, dict[str, Text]]:
    found: dict[int, dict[str, Text]] = defaultdict(dict)
    for call, value, label in Step.objects.filter(call__in=calls).values_list(
        "call_id", name, "label"
    ):
        found[call][str(value)] = Text(label)
    return found


def _of_forms(
    calls: Collection[Call], names: Callable[[FormVersion], Names]
) -> dict[int, dict[str, Text]]:
    found: dict[int, dict[str, Text]] = defaultdict(dict)
    owned = FormVersion.objects.filter(
        owner_type=Call._meta.label_lower, owner_id__in=[call.pk for call in calls]
    )
    # What is asked now is called as it is now.
    for version in owned.order_by("number"):
        found[version.owner_id].update(names(version))
    return found


def _questions(version: FormVersion) -> Names:
    return ((each.key, each.label) for each in form_of(version).questions())


def _sections(version: FormVersion) -> Names:
    return ((each.key, each.title) for each in form_of(version).sections)


def _forms(version: FormVersion) -> Names:
    yield version.purpose, form_of(version).label


def _versions(version: FormVersion) -> Names:
    label = form_of(version).label
    named = Text({code: f"{words}, {version.number}" for code, words in label.items()})
    yield str(version.pk), named


SHELVES: Mapping[str, Callable[[Collection[Call]], Mapping[int, Mapping[str, Text]]]] = {
    **{name: partial(_in_terms, shelf=name) for name in IN_TERMS},
    "steps": partial(_of_steps, name="key"),
    "rows of steps": partial(_of_steps, name="pk"),
    "questions": partial(_of_forms, names=_questions),
    "sections": partial(_of_forms, names=_sections),
    "forms": partial(_of_forms, names=_forms),
    "rows of forms": partial(_of_forms, names=_versions),
}


def names_in_calls(keys: Collection[Key]) -> dict[Key, Text]:
    """What the calls behind these keys call them."""
    asked = [key for key in keys if key.kind in CALLS_BEHIND and key.shelf in SHELVES]
    behind = _calls_behind(asked)
    calls = Call.objects.in_bulk(set(behind.values()))
    found: dict[Key, Text] = {}
    for shelf in {key.shelf for key in asked} if calls else ():
        known = SHELVES[shelf](calls.values())
        for key in asked:
            names = known.get(behind.get((key.kind, key.object_id), 0), {})
            if key.shelf == shelf and names.get(key.value):
                found[key] = names[key.value]
    return found


def _calls_behind(keys: Iterable[Key]) -> dict[tuple[str, int], int]:
    """The call of each object: one query for each kind of objects."""
    objects: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        objects[key.kind].add(key.object_id)
    return {
        (kind, pk): call
        for kind, pks in objects.items()
        for pk, call in apps.get_model(kind)
        ._default_manager.filter(pk__in=pks)
        .values_list("pk", CALLS_BEHIND[kind])
    }
