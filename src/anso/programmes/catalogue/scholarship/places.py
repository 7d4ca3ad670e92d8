"""Classes of scholarship, how many there are of each, and what is paid by rank and payer."""

from __future__ import annotations

from decimal import Decimal

from anso.kernel.terms import Benefit, Level, PlaceNode
from anso.programmes.catalogue.bank import both
from anso.programmes.catalogue.scholarship.form import (
    DISTINGUISHED,
    LEVELS,
    POSTDOCTORAL,
    VISITING,
)

NODES = (
    PlaceNode("all", both("All scholarships", "جميع المنح"), 75),
    PlaceNode(
        DISTINGUISHED,
        both("Distinguished scientists", "العلماء المتميزون"),
        30,
        "all",
        level=DISTINGUISHED,
    ),
    PlaceNode(VISITING, both("Visiting scholars", "الباحثون الزائرون"), 15, "all", level=VISITING),
    PlaceNode(
        POSTDOCTORAL,
        both("Postdoctoral researchers", "باحثو ما بعد الدكتوراه"),
        30,
        "all",
        level=POSTDOCTORAL,
    ),
)
CLASSES = tuple(Level(key, both(en, ar)) for key, en, ar in LEVELS)

ALLIANCE, HOST = both("The alliance", "التحالف"), both("The host", "الجهة المضيفة")
OF_DISTINGUISHED, OF_VISITING, OF_POSTDOCTORAL = (DISTINGUISHED,), (VISITING,), (POSTDOCTORAL,)
BENEFITS = (
    Benefit(
        "week",
        both("For the stay, travel included", "للإقامة شاملةً السفر"),
        ALLIANCE,
        Decimal(35_000),
        "CNY",
        "week",
        OF_DISTINGUISHED,
    ),
    Benefit(
        "week_host",
        both("For the stay, the share of the host", "للإقامة، حصة الجهة المضيفة"),
        HOST,
        Decimal(15_000),
        "CNY",
        "week",
        OF_DISTINGUISHED,
    ),
    *(
        Benefit(
            f"month_{key}",
            both(en, ar),
            ALLIANCE,
            Decimal(amount),
            "CNY",
            "month",
            OF_VISITING,
        )
        for key, en, ar, amount in (
            ("professor", "Stipend of professors", "راتب الأساتذة", 40_000),
            ("associate", "Stipend of associate professors", "راتب الأساتذة المشاركين", 30_000),
            ("assistant", "Stipend of assistant professors", "راتب الأساتذة المساعدين", 20_000),
        )
    ),
    Benefit(
        "year",
        both("Salary, before tax", "الراتب قبل الضريبة"),
        ALLIANCE,
        Decimal(200_000),
        "CNY",
        "year",
        OF_POSTDOCTORAL,
    ),
    Benefit(
        "ticket",
        both("Return ticket, economy class", "تذكرة ذهاب وإياب بالدرجة السياحية"),
        ALLIANCE,
        per="once",
        levels=(VISITING, POSTDOCTORAL),
    ),
)
