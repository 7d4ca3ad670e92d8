"""Scholarships (strategic plan 3.7): distinguished scientists, visiting scholars, postdoctoral
researchers, at their own wish or at that of a host.
"""

from __future__ import annotations

from decimal import Decimal

from anso.kernel.questions import Audience
from anso.kernel.terms import (
    Criterion,
    EntryKind,
    LetterNeed,
    LetterRule,
    Publication,
    Rubric,
)
from anso.programmes.catalogue.bank import FIVE_POINTS, LDC, WOMEN, both, without_readers
from anso.programmes.catalogue.scholarship.form import FORM
from anso.programmes.catalogue.scholarship.letters import (
    HOST_FORM,
    HOST_WORDS,
    SCHOLAR_FORM,
    SCHOLAR_WORDS,
)
from anso.programmes.catalogue.scholarship.places import BENEFITS, CLASSES, NODES
from anso.programmes.catalogue.scholarship.rules import RULES
from anso.programmes.kinds import ApplicantKind, LetterPlan, ProgrammeKind, StagePlan, Window
from anso.programmes.outcomes import Places

RUBRIC = Rubric(
    (
        Criterion(
            "record",
            both("Record", "السجل العلمي"),
            Decimal("0.35"),
            both("Works and their use, for the years there were.", "الأعمال وأثرها بحسب السنوات."),
            FIVE_POINTS,
        ),
        Criterion(
            "plan",
            both("Plan of the stay", "خطة الإقامة"),
            Decimal("0.35"),
            both("Clear, and possible in the time.", "واضحة وممكنة في الوقت المتاح."),
            FIVE_POINTS,
        ),
        Criterion(
            "cooperation",
            both("Cooperation", "التعاون"),
            Decimal("0.3"),
            both("What both institutions have of it afterwards.", "ما تجنيه المؤسستان منها لاحقًا."),
            FIVE_POINTS,
        ),
    ),
    scale_lowest=1,
    scale_highest=5,
    reviews_each=3,
    is_blind=False,
)
RATES = "Model: international fellowships of the academy, as told by institutes in 2014 to 2016"

SCHOLARSHIP = ProgrammeKind(
    code="scholarship",
    name=both("Scholarships", "المنح العلمية"),
    summary=both(
        "Stays of distinguished scientists, visiting scholars and postdoctoral researchers at"
        " institutes of the alliance.",
        "إقامات للعلماء المتميزين والباحثين الزائرين وباحثي ما بعد الدكتوراه في معاهد التحالف.",
    ),
    plan_section="3.7",
    division="capacity-building",
    number_code="S",
    applicant=ApplicantKind.PERSON,
    entry=EntryKind.APPLICATION,
    outcome=Places(NODES),
    window=Window(opens="intake-1-06-01", closes="intake-1-08-31", zone="Asia/Shanghai"),
    stages=(
        StagePlan("applications", "applications", both("Applications", "تقديم الطلبات")),
        StagePlan(
            "screening", "screening", both("Eligibility check", "فحص الأهلية"), after=1, lasts=21
        ),
        StagePlan("review", "review", both("Review", "التحكيم"), after=22, lasts=28),
        StagePlan("panel", "panel", both("Panel meeting", "اجتماع اللجنة"), after=52, lasts=2),
        StagePlan("decision", "decision", both("Decision", "القرار"), after=55, lasts=5),
        StagePlan("release", "release", both("Results", "النتائج"), after=61, lasts=1),
        StagePlan("offers", "offers", both("Offers", "العروض"), after=61, lasts=45),
    ),
    entries_each=3,
    form=without_readers(FORM, Audience.HOSTS),
    letters=(
        LetterPlan(
            LetterRule(
                "host",
                1,
                days_after_close=14,
                minutes=3,
                asked_in=("host_contact",),
                words=HOST_WORDS,
                need=LetterNeed.DAY,
            ),
            without_readers(HOST_FORM, Audience.HOSTS),
        ),
        LetterPlan(
            LetterRule(
                "nominee",
                1,
                days_after_close=14,
                minutes=3,
                asked_in=("scholar",),
                words=SCHOLAR_WORDS,
                need=LetterNeed.DAY,
            ),
            without_readers(SCHOLAR_FORM, Audience.HOSTS),
        ),
    ),
    check_keys=(
        "level",
        "citizenship",
        "date_of_birth",
        "rank",
        "highest_degree",
        "degree_awarded_on",
        "years_experience",
    ),
    rule_sets=(RULES,),
    rubric=RUBRIC,
    groups=(WOMEN, LDC),
    figures=("women", "LDC"),
    levels=CLASSES,
    benefits=BENEFITS,
    offer_days=30,
    publishes=Publication.NUMBERS,
    appeals_days=14,
    sources={
        "levels": "Strategic plan, section 3.7: three groups of scholars",
        "places.distinguished": "Model: rule of the academy's fellowship, 30 a year",
        "places.visiting": "Model: visiting scholars of the academy and TWAS, up to 15 a year",
        "places.postdoctoral": "model: ours",
        "benefits.week": RATES + ": 50,000 CNY a week, of which the host pays 30 in 100",
        "benefits.week_host": "Model: rule of the academy's fellowship, 15,000 CNY a week",
        "benefits.month_professor": RATES,
        "benefits.month_associate": RATES,
        "benefits.month_assistant": RATES,
        "benefits.year": RATES,
        "benefits.ticket": RATES,
        "promises": "Lecture tour and hosting: model, as above; lecture, report and return: ours",
        "letters.host": "Model: visiting scholars of the academy and TWAS, acceptance by the host",
        "letters.nominee": "model: ours, so that nobody is offered what they did not ask for",
        "window": "model",
        "stages": "model",
        "rubric": "model: weights and scale are ours",
        "offer_days": "model",
        "appeals_days": "model: ours",
        "publishes": "model: ours, as for study abroad",
    },
)
