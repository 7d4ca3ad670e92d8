"""Who may hold a field school."""

from __future__ import annotations

from anso.kernel.eligibility import Rule, RuleSet
from anso.kernel.wording import both

RULES = RuleSet(
    "programme",
    both("Rules of the field schools", "قواعد المدارس الميدانية"),
    (
        Rule(
            "S1",
            "count_at_least",
            both("At least two organisations hold a school.", "تعقد المدرسة منظمتان على الأقل."),
            {"fact": "partner_organisations", "least": 2},
            "model: made for a test",
        ),
    ),
)
