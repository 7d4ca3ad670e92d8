"""Rules as an officer reads them on the page of an application."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from anso.applications.queries.desk import CheckedApplication
from anso.applications.wording import question_about
from anso.calls.wording import explain
from anso.kernel.eligibility import read_judged
from anso.kernel.questions import Form


def rules_on_page(
    judged: CheckedApplication, form: Form, typed: dict[str, str]
) -> dict[str, list[dict[str, Any]]]:
    """The rules that are not met, wait for an answer, or were answered by an officer, in the
    reader's words; with what was typed and not taken.
    """

    def told(content: dict[str, Any]) -> dict[str, Any]:
        rule = read_judged(content)
        words = asdict(explain(rule, form)) | {
            "about": rule.about,
            "reason": content.get("answer", ""),
            "answered_by": content.get("answered_by", ""),
            "field_id": f"f-rule-{rule.rule.code}",
            "question": question_about(rule),
            "because": typed.get(rule.rule.code, ""),
        }
        return words | ({"seen": _("not shown")} if content["seen"] is None else {})

    return {
        "failed": [told(each) for each in judged.failed if "answer" not in each],
        "waiting": [told(each) for each in judged.unknown],
        "answered": [told(each) for each in judged.answered],
    }
