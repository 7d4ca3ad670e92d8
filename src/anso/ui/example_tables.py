"""Invented tables for the living style guide: a budget, a work plan, and an organisation beside
them. Every name and figure here is made up; no product code may import this.
"""

from __future__ import annotations

from typing import Any

from anso.kernel.questions.columns import ColumnKind, Option, TableColumn
from anso.kernel.wording import both

PAYERS = (
    Option("alliance", both("The alliance", "التحالف")),
    Option("own", both("The organisation itself", "المنظمة نفسها")),
)
COSTS = (
    TableColumn("item", both("For what", "لأي غرض"), required=True),
    TableColumn(
        "payer",
        both("Who pays", "من يدفع"),
        ColumnKind.CHOICE,
        required=True,
        options=PAYERS,
        has_subtotals=True,
    ),
    TableColumn(
        "cost",
        both("Amount", "المبلغ"),
        ColumnKind.MONEY,
        required=True,
        currency="CNY",
        has_total=True,
    ),
)
MONTHS = (
    TableColumn("task", both("Task", "المهمة"), required=True),
    TableColumn("begins", both("From month", "من الشهر"), ColumnKind.FROM_MONTH, most=24),
    TableColumn("ends", both("To month", "إلى الشهر"), ColumnKind.TO_MONTH, most=24),
)
TABLES: list[dict[str, Any]] = [
    {
        "key": "host_organisation",
        "type": "organisation",
        "label": "Organisation that hosts you",
        "required": True,
        "value": {"name": "Tribhuvan"},
        "found": ["Tribhuvan University"],
    },
    {
        "key": "costs",
        "type": "table",
        "label": "Costs",
        "required": True,
        "columns": COSTS,
        "value": [
            {"item": "Pump", "payer": "alliance", "cost": "1200.50"},
            {"item": "Salt", "payer": "own", "cost": "300"},
        ],
    },
    {
        "key": "work_plan",
        "type": "table",
        "label": "Work plan",
        "required": True,
        "columns": MONTHS,
        "value": [
            {"task": "Survey", "begins": "1", "ends": "9"},
            {"task": "Report", "begins": "8", "ends": "18"},
        ],
    },
]
