"""Scholarships (strategic plan 3.7): distinguished scientists, visiting scholars, postdoctoral
researchers, at their own wish or at that of a host.
"""

from __future__ import annotations

from anso.kernel.questions import Audience
from anso.kernel.terms import (
    EntryKind,
    Publication,
)
from anso.programmes.catalogue.agreeing import agreement
from anso.programmes.catalogue.bank import LDC, WOMEN, both, without_readers
from anso.programmes.catalogue.judging import criterion, open_rubric
from anso.programmes.catalogue.scholarship.form import FORM
from anso.programmes.catalogue.scholarship.letters import (
    HOST_FORM,
    HOST_WORDS,
    SCHOLAR_FORM,
    SCHOLAR_WORDS,
)
from anso.programmes.catalogue.scholarship.places import BENEFITS, CLASSES, NODES
from anso.programmes.catalogue.scholarship.rules import RULES
from anso.programmes.kinds import ApplicantKind, ProgrammeKind, StagePlan, Window
from anso.programmes.outcomes import Places

RUBRIC = open_rubric(
    criterion(
        "record",
        both("Record", "السجل العلمي"),
        "0.35",
        both("Works and their use, for the years there were.", "الأعمال وأثرها بحسب السنوات."),
    ),
    criterion(
        "plan",
        both("Plan of the stay", "خطة الإقامة"),
        "0.35",
        both("Clear, and possible in the time.", "واضحة وممكنة في الوقت المتاح."),
    ),
    criterion(
        "cooperation",
        both("Cooperation", "التعاون"),
        "0.3",
        both("What both institutions have of it afterwards.", "ما تجنيه المؤسستان منها لاحقًا."),
    ),
    reviews_each=3,
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
        agreement("host", ("host_contact",), HOST_WORDS, HOST_FORM, days=14),
        agreement("nominee", ("scholar",), SCHOLAR_WORDS, SCHOLAR_FORM, days=14),
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
