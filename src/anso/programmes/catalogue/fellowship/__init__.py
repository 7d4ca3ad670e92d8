"""The Fellowship for Young Talents (strategic plan 3.1): master's and doctoral places at two
universities.
"""

from __future__ import annotations

from decimal import Decimal

from anso.kernel.terms import (
    Criterion,
    EntryKind,
    LetterNeed,
    LetterRule,
    Publication,
    Rubric,
)
from anso.programmes.catalogue.bank import DEVELOPING, LDC, LLDC, SIDS, WOMEN, both
from anso.programmes.catalogue.fellowship.form import CHECK_KEYS, FORM
from anso.programmes.catalogue.fellowship.letters import (
    REFEREE_FORM,
    REFEREE_WORDS,
    SUPERVISOR_FORM,
    SUPERVISOR_WORDS,
)
from anso.programmes.catalogue.fellowship.places import BENEFITS, HOSTS, LEVELS, NODES
from anso.programmes.catalogue.fellowship.rules import PROGRAMME_RULES, UCAS_RULES, USTC_RULES
from anso.programmes.kinds import (
    ApplicantKind,
    LetterPlan,
    ProgrammeKind,
    StagePlan,
    Window,
)
from anso.programmes.outcomes import Places

ANCHORS = (
    (1, both("Weak", "ضعيف")),
    (2, both("Below what is needed", "دون المطلوب")),
    (3, both("Sound", "مقبول")),
    (4, both("Good", "جيد")),
    (5, both("Very good", "جيد جدًا")),
    (6, both("Outstanding", "متميز")),
)

RUBRIC = Rubric(
    (
        Criterion(
            "academic_record",
            both("Academic record", "السجل الأكاديمي"),
            Decimal("0.3"),
            both(
                "Grades on their own scale, rank, prizes, for where and how they were earned.",
                "الدرجات بمقياسها والترتيب والجوائز، بحسب ظروف تحصيلها.",
            ),
            ANCHORS,
        ),
        Criterion(
            "proposal",
            both("Research proposal", "مقترح البحث"),
            Decimal("0.4"),
            both(
                "A clear question, a fitting method, a plan that can be done in time.",
                "سؤال واضح وأسلوب ملائم وخطة يمكن إنجازها في وقتها.",
            ),
            ANCHORS,
        ),
        Criterion(
            "potential",
            both("Fit and potential", "الملاءمة والإمكانات"),
            Decimal("0.2"),
            both(
                "Experience and readiness for the research proposed.",
                "الخبرة والاستعداد للبحث المقترح.",
            ),
            ANCHORS,
        ),
        Criterion(
            "relevance",
            both("Relevance to sustainable development", "الصلة بالتنمية المستدامة"),
            Decimal("0.1"),
            both("Who could use the result, and where.", "من يمكنه الاستفادة من النتيجة، وأين."),
            ANCHORS,
        ),
    ),
    scale_lowest=1,
    scale_highest=6,
    reviews_each=3,
    is_blind=True,
)

STAGES = (
    StagePlan("applications", "applications", both("Applications", "تقديم الطلبات")),
    StagePlan(
        "letters", "letters", both("Letters of referees", "رسائل المُزكّين"), after=1, lasts=14
    ),
    StagePlan(
        "screening", "screening", both("Eligibility check", "فحص الأهلية"), after=1, lasts=24
    ),
    StagePlan("review", "review", both("Review", "التحكيم"), after=25, lasts=35),
    StagePlan(
        "interviews",
        "interviews",
        both("Interviews at USTC", "المقابلات في USTC"),
        after=45,
        lasts=45,
    ),
    StagePlan(
        "hosts", "hosts", both("Answers of hosts", "ردود الجهات المضيفة"), after=50, lasts=35
    ),
    StagePlan("panel", "panel", both("Panel meeting", "اجتماع اللجنة"), after=92, lasts=3),
    StagePlan("decision", "decision", both("Decision", "القرار"), after=95, lasts=7),
    StagePlan("release", "release", both("Results", "النتائج"), after=103, lasts=1),
    StagePlan("offers", "offers", both("Offers", "العروض"), after=103, lasts=45),
)

SOURCES = {
    "levels": "Strategic plan, section 3.1: 200 master's and 300 doctoral places a year",
    "hosts.UCAS": (
        "Host institute's call of 2024: 190 doctoral and 145 master's places; supervisor before"
        " submission"
    ),
    "hosts.USTC": (
        "Derived: what remains of 500 places; host's admission guide of 2022: supervisor after the"
        " interview"
    ),
    "places.TWAS-UNESCO": (
        "Three-party agreement of May 2022: 40 doctoral places a year (another source says 50);"
        " split over hosts in proportion: model"
    ),
    "letters.referee": "Two letters: fellowship of the academy and TWAS, 2016 to 2019",
    "letters.supervisor": "Host institute's call of 2024",
    "window": "Call of 9 November 2023, closing on 15 February 2024",
    "benefits.tuition_master": "Host institute's call of 2024: 30,000 CNY a year",
    "benefits.tuition_phd": "Host institute's call of 2024: 40,000 CNY a year",
    "benefits.stipend_master": (
        "Host institute's call of 2024: 3,000 CNY a month, of which the host pays 1,000"
    ),
    "benefits.stipend_master_host": "Host institute's call of 2024",
    "benefits.stipend_phd_before": (
        "Host institute's guide of 2025: 6,000 CNY a month, of which the host pays 1,000"
    ),
    "benefits.stipend_phd_after": (
        "Host institute's guide of 2025: 7,000 CNY a month, of which the host pays 1,000"
    ),
    "benefits.stipend_phd_host": "Host institute's guide of 2025",
    "benefits.insurance": "Host institute's guide of 2025: valued at 800 CNY a head",
    "benefits.application_fee": "Host institute's guide of 2025: 600 CNY",
    "benefits.travel": "Call of 2021: one journey from the home country to China; its payer: model",
    "benefits.travel_twas": "Call of 2024: items 5 and 6 are paid by TWAS and UNESCO",
    "rubric": "model: weights and scale are ours",
    "stages": "Interviews April to May: host's admission guide of 2022; the rest: model",
    "offer_days": "model",
    "selection_method": (
        "model: the method of Heyard, Ott, Salanti, Egger (2022), in use at a national funder"
    ),
    "favours": (
        "Three-party agreement of May 2022 favours both groups without a number; kept while they"
        " want the places: model"
    ),
    "appeals_days": "model: ours; two weeks to write, from the letter",
    "publishes": (
        "model: ours; study abroad is no public honour, so numbers let each find their own result"
        " and name nobody"
    ),
    "subject": "Nine subject codes of the fellowship of the academy and TWAS, 2018",
}

FELLOWSHIP = ProgrammeKind(
    code="fellowship",
    name=both("Fellowship for Young Talents", "زمالة المواهب الشابة"),
    summary=both(
        "Master's and doctoral study at two universities in China, fully funded, for talents from"
        " all over the world.",
        "دراسة الماجستير والدكتوراه في جامعتين في الصين بتمويل كامل للمواهب من جميع أنحاء العالم.",
    ),
    plan_section="3.1",
    division="capacity-building",
    number_code="F",
    applicant=ApplicantKind.PERSON,
    entry=EntryKind.APPLICATION,
    parts_of=("collaborative_research",),
    outcome=Places(NODES),
    window=Window(opens="intake-1-11-09", closes="intake-02-15", zone="Asia/Shanghai"),
    stages=STAGES,
    form=FORM,
    check_keys=CHECK_KEYS,
    rule_sets=(PROGRAMME_RULES, UCAS_RULES, USTC_RULES),
    rubric=RUBRIC,
    letters=(
        LetterPlan(
            LetterRule(
                "referee",
                2,
                days_after_close=14,
                minutes=10,
                asked_in=("referee_1", "referee_2"),
                words=REFEREE_WORDS,
                need=LetterNeed.DAY,
            ),
            REFEREE_FORM,
        ),
        LetterPlan(
            LetterRule(
                "supervisor",
                1,
                days_after_close=0,
                minutes=5,
                asked_in=("supervisor_ucas",),
                hosts={"supervisor_ucas": "UCAS"},
                words=SUPERVISOR_WORDS,
                need=LetterNeed.SUBMISSION,
            ),
            SUPERVISOR_FORM,
        ),
    ),
    groups=(WOMEN, LDC, LLDC, SIDS, DEVELOPING),
    figures=("women", "LDC"),
    levels=LEVELS,
    hosts=HOSTS,
    benefits=BENEFITS,
    offer_days=21,
    selection_method="calibrated",
    publishes=Publication.NUMBERS,
    appeals_days=14,
    sources=SOURCES,
)
