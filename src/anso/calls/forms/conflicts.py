"""What a call says of conflicts of interest, as officers choose it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anso.calls.actions import ConflictChanges
from anso.calls.forms.outcome import read_count
from anso.calls.wording.conflicts import STRICTNESS, TIES, WORDS
from anso.kernel.errors import BadInput
from anso.kernel.terms import ConflictTerms, Strictness
from anso.kernel.terms.conflicts import NEVER_OFF
from anso.kernel.wording import gettext_noop
from anso.ui.countries import country_name
from anso.ui.ordering import in_reader_order


def conflict_specs(
    terms: ConflictTerms, typed: Mapping[str, Any], countries: list[str]
) -> list[dict[str, Any]]:
    """The fields of the page with what stands in them: each tie, the years, the list of names, and
    the nationalities.
    """
    specs = [_tie_spec(tie) for tie in TIES]
    years: dict[str, Any] = {"key": "joint_work_years", "type": "number", "required": True}
    names: dict[str, Any] = {"key": "names_first", "type": "statement"}
    named = [(code, country_name(code)) for code in countries]
    options = in_reader_order(named, lambda option: option[1])
    nations: dict[str, Any] = {"key": "countries", "type": "multichoice", "options": options}
    # The years stand beside the work that they bound.
    specs.insert([*TIES].index("joint_work") + 1, years)
    specs = [{"label": str(WORDS.get(spec["key"], ""))} | spec for spec in (*specs, names, nations)]
    kept = conflict_values(terms)
    return [spec | {"value": typed.get(spec["key"], kept[spec["key"]])} for spec in specs]


def conflict_values(terms: ConflictTerms) -> dict[str, Any]:
    """What stands in each field."""
    return {tie: str(getattr(terms, tie)) for tie in TIES} | {
        "joint_work_years": str(terms.joint_work_years),
        "names_first": terms.names_first,
        "countries": list(terms.countries),
    }


def _tie_spec(tie: str) -> dict[str, Any]:
    label, hint = TIES[tie]
    options = [
        (str(each), str(words))
        for each, words in STRICTNESS.items()
        if each is not Strictness.OFF or tie not in NEVER_OFF
    ]
    return {
        "key": tie,
        "type": "choice",
        "label": str(label),
        "hint": str(hint),
        "options": options,
        "required": True,
    }


def read_conflict_changes(
    terms: ConflictTerms, typed: Mapping[str, Any], countries: list[str]
) -> ConflictChanges:
    """What was typed over on the page. Refuses what is no choice of it."""
    changes: ConflictChanges = {}
    for tie in TIES:
        if tie in typed:
            changes[tie] = _strictness(typed[tie])  # type: ignore[literal-required]
    if "joint_work_years" in typed:
        label = str(WORDS["joint_work_years"])
        changes["joint_work_years"] = read_count(
            typed["joint_work_years"], label, terms.joint_work_years
        )
    if "names_first" in typed:
        changes["names_first"] = typed["names_first"] in ("yes", True)
    if "countries" in typed:
        if not {*typed["countries"]} <= {*countries}:
            raise BadInput(gettext_noop("Choose from the list."))
        changes["countries"] = tuple(sorted(typed["countries"]))
    return changes


def _strictness(typed: str) -> Strictness:
    if typed not in list(Strictness):
        raise BadInput(gettext_noop("Choose from the list."))
    return Strictness(typed)
