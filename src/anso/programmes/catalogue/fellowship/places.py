"""Levels, hosts, places and benefits of the fellowship."""

from __future__ import annotations

from decimal import Decimal

from anso.kernel.terms import Benefit, Host, Level, PlaceNode
from anso.programmes.catalogue.bank import both

LEVELS = (
    Level("master", both("Master's", "ماجستير")),
    Level("phd", both("Doctoral", "دكتوراه")),
)
HOSTS = (
    Host(
        "UCAS",
        both("University of Chinese Academy of Sciences", "جامعة الأكاديمية الصينية للعلوم"),
    ),
    Host(
        "USTC",
        both("University of Science and Technology of China", "جامعة العلوم والتكنولوجيا في الصين"),
    ),
)
TWAS = "TWAS-UNESCO"
GENERAL = "CAS"

NODES = (
    PlaceNode("all", both("All places", "جميع المقاعد"), 500),
    PlaceNode("master", both("Master's places", "مقاعد الماجستير"), 200, "all", level="master"),
    PlaceNode("phd", both("Doctoral places", "مقاعد الدكتوراه"), 300, "all", level="phd"),
    PlaceNode(
        "master-ucas",
        both("Master's at UCAS", "ماجستير في UCAS"),
        145,
        "master",
        "master",
        "UCAS",
        GENERAL,
    ),
    PlaceNode(
        "master-ustc",
        both("Master's at USTC", "ماجستير في USTC"),
        55,
        "master",
        "master",
        "USTC",
        GENERAL,
    ),
    PlaceNode("phd-ucas", both("Doctoral at UCAS", "دكتوراه في UCAS"), 190, "phd", "phd", "UCAS"),
    PlaceNode("phd-ustc", both("Doctoral at USTC", "دكتوراه في USTC"), 110, "phd", "phd", "USTC"),
    PlaceNode(
        "phd-ucas-general",
        both("Doctoral at UCAS, general", "دكتوراه في UCAS، عام"),
        165,
        "phd-ucas",
        "phd",
        "UCAS",
        GENERAL,
    ),
    PlaceNode(
        "phd-ucas-twas",
        both("Doctoral at UCAS, TWAS-UNESCO", "دكتوراه في UCAS، TWAS واليونسكو"),
        25,
        "phd-ucas",
        "phd",
        "UCAS",
        TWAS,
        only=("developing",),
        favour=("LDC", "women"),
    ),
    PlaceNode(
        "phd-ustc-general",
        both("Doctoral at USTC, general", "دكتوراه في USTC، عام"),
        95,
        "phd-ustc",
        "phd",
        "USTC",
        GENERAL,
    ),
    PlaceNode(
        "phd-ustc-twas",
        both("Doctoral at USTC, TWAS-UNESCO", "دكتوراه في USTC، TWAS واليونسكو"),
        15,
        "phd-ustc",
        "phd",
        "USTC",
        TWAS,
        only=("developing",),
        favour=("LDC", "women"),
    ),
)

ACADEMY = both("Chinese Academy of Sciences", "الأكاديمية الصينية للعلوم")
HOST_UNIT = both("Host institute", "المعهد المضيف")
PARTNERS = both("TWAS and UNESCO", "TWAS واليونسكو")


BENEFITS = (
    Benefit(
        "tuition_master",
        both("Tuition waived", "إعفاء من الرسوم الدراسية"),
        ACADEMY,
        Decimal(30_000),
        "CNY",
        "year",
        ("master",),
    ),
    Benefit(
        "tuition_phd",
        both("Tuition waived", "إعفاء من الرسوم الدراسية"),
        ACADEMY,
        Decimal(40_000),
        "CNY",
        "year",
        ("phd",),
    ),
    Benefit(
        "stipend_master",
        both("Living allowance", "بدل معيشة"),
        ACADEMY,
        Decimal(2_000),
        "CNY",
        "month",
        ("master",),
    ),
    Benefit(
        "stipend_master_host",
        both("Living allowance, part of the host", "بدل معيشة، حصة المضيف"),
        HOST_UNIT,
        Decimal(1_000),
        "CNY",
        "month",
        ("master",),
    ),
    Benefit(
        "stipend_phd_before",
        both("Living allowance before the qualification test", "بدل معيشة قبل اختبار التأهيل"),
        ACADEMY,
        Decimal(5_000),
        "CNY",
        "month",
        ("phd",),
    ),
    Benefit(
        "stipend_phd_after",
        both("Living allowance after the qualification test", "بدل معيشة بعد اختبار التأهيل"),
        ACADEMY,
        Decimal(6_000),
        "CNY",
        "month",
        ("phd",),
    ),
    Benefit(
        "stipend_phd_host",
        both("Living allowance, part of the host", "بدل معيشة، حصة المضيف"),
        HOST_UNIT,
        Decimal(1_000),
        "CNY",
        "month",
        ("phd",),
    ),
    Benefit(
        "insurance", both("Medical insurance", "تأمين صحي"), ACADEMY, Decimal(800), "CNY", "once"
    ),
    Benefit(
        "application_fee",
        both("Application fee waived", "إعفاء من رسم التقديم"),
        ACADEMY,
        Decimal(600),
        "CNY",
        "once",
    ),
    Benefit(
        "travel",
        both("One journey from your country to China", "رحلة واحدة من بلدك إلى الصين"),
        ACADEMY,
        per="once",
        funds=(GENERAL,),
    ),
    Benefit(
        "travel_twas",
        both("One journey from your country to China", "رحلة واحدة من بلدك إلى الصين"),
        PARTNERS,
        per="once",
        levels=("phd",),
        funds=(TWAS,),
    ),
)
