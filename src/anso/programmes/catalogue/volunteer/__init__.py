"""Volunteers and retired experts (strategic plan 3.9) who offer their time: a talk, then they are
found by what universities need, are asked, and say yes or no.
"""

from __future__ import annotations

from anso.kernel.eligibility import Rule, RuleSet
from anso.kernel.questions import Audience, Equals
from anso.kernel.terms import Benefit, EntryKind, Intake, Publication
from anso.programmes.catalogue.bank import LDC, both, without_readers
from anso.programmes.catalogue.judging import criterion, open_rubric
from anso.programmes.catalogue.volunteer.form import FORM
from anso.programmes.kinds import ApplicantKind, ProgrammeKind, StagePlan, Window
from anso.programmes.outcomes import Pairing

SES30 = "Model: Senior Experten Service, its group for people who still work"
RULES = RuleSet(
    "programme",
    both("Rules for experts", "قواعد الخبراء"),
    (
        Rule(
            "E1",
            "count_at_least",
            both(
                "You have worked in your fields for at least 8 years.",
                "عملت في تخصصاتك 8 سنوات على الأقل.",
            ),
            {"fact": "years_in_fields", "least": 8},
            SES30,
        ),
        Rule(
            "E2",
            "answer_is",
            both("Whoever is employed has leave.", "من كان موظفًا لديه إجازة."),
            {"fact": "employer_agrees", "value": True},
            SES30,
            when=Equals("standing", "working"),
        ),
        Rule(
            "E3",
            "answer_is",
            both(
                "You keep the code of conduct for work with students.",
                "تلتزم بمدونة السلوك في العمل مع الطلاب.",
            ),
            {"fact": "keeps_code", "value": True},
            "model: ours",
        ),
        Rule(
            "E4",
            "day_on_or_after",
            both(
                "You are still free after the closing day.",
                "ما زلت متفرغًا بعد آخر يوم للتقديم.",
            ),
            {"fact": "until_day", "day": "closing"},
            "model: ours",
        ),
    ),
)

RUBRIC = open_rubric(
    criterion(
        "experience",
        both("Experience", "الخبرة"),
        "0.4",
        both("What was taught or built, and with whom.", "ما دُرِّس أو أُنشئ ومع من."),
    ),
    criterion(
        "others",
        both("Work with others", "العمل مع الآخرين"),
        "0.3",
        both("Languages, other cultures, listening.", "اللغات والثقافات الأخرى والإصغاء."),
    ),
    criterion(
        "readiness",
        both("Readiness", "الاستعداد"),
        "0.3",
        both("Health, time, what is expected.", "الصحة والوقت والتوقعات."),
    ),
    reviews_each=1,
)

VOLUNTEER = ProgrammeKind(
    code="volunteer",
    name=both("Volunteers and Retired Experts", "المتطوعون والخبراء المتقاعدون"),
    summary=both(
        "People of long experience offer time to universities that have stated a need.",
        "أصحاب خبرة طويلة يعرضون وقتهم على جامعات ذكرت احتياجاتها.",
    ),
    plan_section="3.9",
    division="capacity-building",
    number_code="E",
    applicant=ApplicantKind.PERSON,
    entry=EntryKind.APPLICATION,
    outcome=Pairing(
        40,
        both("Experts who can be asked", "خبراء يمكن طلبهم"),
        most_open=2,
        answer_days=14,
        safeguarding="Safeguarding officer of the alliance <safeguarding@alliance.example>",
    ),
    window=Window(opens="intake-01-01", closes="intake-03-31", zone="Asia/Shanghai"),
    intake=Intake(cut_offs=("03-31", "06-30", "09-30", "12-31")),
    stages=(
        StagePlan("applications", "applications", both("Applications", "الطلبات")),
        StagePlan(
            "screening", "screening", both("Eligibility check", "فحص الأهلية"), after=1, lasts=10
        ),
        StagePlan("talks", "review", both("Scoping talks", "محادثات التعارف"), after=11, lasts=18),
        StagePlan("panel", "panel", both("Panel meeting", "اجتماع اللجنة"), after=30, lasts=2),
        StagePlan("decision", "decision", both("Decision", "القرار"), after=33, lasts=3),
        StagePlan("release", "release", both("Answers", "الأجوبة"), after=37, lasts=1),
        StagePlan("matching", "offers", both("Matching", "المواءمة"), after=37, lasts=120),
    ),
    form=without_readers(FORM, Audience.HOSTS, Audience.WRITERS, Audience.AGREEING),
    check_keys=("years_in_fields", "standing", "employer_agrees", "keeps_code", "until_day"),
    rule_sets=(RULES,),
    rubric=RUBRIC,
    groups=(LDC,),
    figures=("LDC",),
    benefits=(
        Benefit(
            "stay",
            both("Room, meals and transport on site", "السكن والوجبات والنقل المحلي"),
            both("The host", "المضيف"),
        ),
    ),
    offer_days=30,
    publishes=Publication.FIGURES,
    sources={
        "rules": SES30,
        "talks": "Model: mentors of AuthorAID are screened; a talk is ours",
        "answer_days": "model: ours",
        "most_open": "model: ours, so that nobody is asked by everybody at once",
        "safeguarding": "Model: SES asks a police certificate near children; the contact is ours",
        "benefits.stay": "Model: Senior Experten Service, where the partner on site pays it",
        "window": "model; the plan knows no window, so it stays open, with four batches a year",
        "stages": "model",
        "rubric": "model: weights and scale are ours",
        "offer_days": "model",
        "publishes": "model: ours; who offers what is shown to hosts of a need alone",
    },
)
