"""The work plan and the budget of a full proposal: who does what in which months, and who pays how
much to whom in which year, for what.
"""

from __future__ import annotations

from decimal import Decimal

from anso.kernel.questions import ColumnKind, Limit, Question, SumRule, SumTest, TableColumn
from anso.programmes.catalogue.bank import JUDGES, both, options

WORK_PLAN = Question(
    "work_plan",
    "table",
    both("Tasks and months", "المهام والأشهر"),
    hint=both(
        "Months are counted from the beginning of the project, within its duration.",
        "تُعدّ الأشهر من بداية المشروع، ضمن مدته.",
    ),
    who_sees=JUDGES,
    limit=Limit.of("entries", least=1, most=40),
    columns=(
        TableColumn("task", both("Task", "المهمة"), required=True),
        TableColumn("lead", both("Led by", "بقيادة"), ColumnKind.PARTNER, required=True),
        TableColumn("begins", both("From month", "من الشهر"), ColumnKind.FROM_MONTH, required=True),
        TableColumn("ends", both("To month", "إلى الشهر"), ColumnKind.TO_MONTH, required=True),
        TableColumn("deliverable", both("What is there at its end", "ما يُنجز في نهايتها")),
    ),
)

PAYERS = options(
    ("alliance", "The alliance", "التحالف"),
    ("own", "The organisation itself", "المنظمة نفسها"),
    ("other", "Somebody else", "جهة أخرى"),
)
CATEGORIES = options(
    ("people", "People", "العاملون"),
    ("travel", "Travel and field work", "السفر والعمل الميداني"),
    ("materials", "Materials and services", "المواد والخدمات"),
    ("equipment", "Equipment", "المعدات"),
    ("publication", "Data and publication", "البيانات والنشر"),
)
REQUESTED = both("Paid by the alliance", "ما يدفعه التحالف")
BROUGHT = both("Brought by the partners", "مساهمة الشركاء")
BY_ALLIANCE = (("payer", ("alliance",)),)
BY_OTHERS = (("payer", ("own", "other")),)
EQUIPMENT = (("category", ("equipment",)), ("payer", ("alliance",)))
BUDGET = Question(
    "budget",
    "table",
    both(
        "Budget by partner, payer, year and category", "الميزانية حسب الشريك والممول والسنة والفئة"
    ),
    hint=both(
        "What the alliance pays must come to what you request, and equipment to no more than 30 %"
        " of that; the rest must come to what the partners bring.",
        "يجب أن يساوي مجموع ما يدفعه التحالف المبلغ المطلوب، وألا تتجاوز المعدات 30 % منه؛ ويساوي"
        " الباقي مساهمة الشركاء.",
    ),
    who_sees=JUDGES,
    limit=Limit.of("entries", least=1, most=200),
    columns=(
        TableColumn(
            "partner",
            both("Organisation", "المنظمة"),
            ColumnKind.PARTNER,
            required=True,
            has_subtotals=True,
        ),
        TableColumn(
            "payer",
            both("Who pays", "من يدفع"),
            ColumnKind.CHOICE,
            required=True,
            options=PAYERS,
            has_subtotals=True,
        ),
        TableColumn(
            "year",
            both("Year", "السنة"),
            ColumnKind.PROJECT_YEAR,
            required=True,
            has_subtotals=True,
        ),
        TableColumn(
            "category",
            both("Category", "الفئة"),
            ColumnKind.CHOICE,
            required=True,
            options=CATEGORIES,
            has_subtotals=True,
        ),
        TableColumn("purpose", both("For what", "لأي غرض")),
        TableColumn(
            "amount",
            both("Amount", "المبلغ"),
            ColumnKind.MONEY,
            required=True,
            currency="CNY",
            has_total=True,
        ),
    ),
    sums=(
        SumRule(SumTest.MOST, REQUESTED, BY_ALLIANCE, bound=Decimal(1_000_000), key="ceiling"),
        SumRule(SumTest.AGREES, REQUESTED, BY_ALLIANCE, other="requested", key="requested"),
        SumRule(SumTest.AGREES, BROUGHT, BY_OTHERS, other="matching", key="brought"),
        SumRule(
            SumTest.RATIO,
            BROUGHT,
            BY_OTHERS,
            bound=Decimal(1),
            of=BY_ALLIANCE,
            of_label=REQUESTED,
            key="matching",
        ),
        SumRule(
            SumTest.SHARE,
            both("Equipment paid by the alliance", "المعدات التي يدفعها التحالف"),
            EQUIPMENT,
            bound=Decimal("0.3"),
            of=BY_ALLIANCE,
            of_label=REQUESTED,
            key="equipment",
        ),
    ),
)
