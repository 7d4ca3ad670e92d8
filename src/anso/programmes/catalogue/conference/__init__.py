"""Conferences and workshops (strategic plan 3.8): proposals of meetings by members."""

from __future__ import annotations

from decimal import Decimal

from anso.kernel.eligibility import Rule, RuleSet, Standard
from anso.kernel.questions import Audience
from anso.kernel.terms import (
    Benefit,
    EntryKind,
    Intake,
    Publication,
)
from anso.programmes.catalogue.agreeing import agreement
from anso.programmes.catalogue.bank import LDC, both, without_readers
from anso.programmes.catalogue.conference.form import FORM, PRIORITIES
from anso.programmes.catalogue.conference.letters import CO_HOST_FORM, CO_HOST_WORDS
from anso.programmes.catalogue.judging import criterion, open_rubric
from anso.programmes.kinds import ApplicantKind, ProgrammeKind, StagePlan, Window
from anso.programmes.outcomes import Grant

CALL_2024 = "Call of the conference programme of 14 September 2024"

RULES = RuleSet(
    "programme",
    both("Rules of the programme", "قواعد البرنامج"),
    (
        Rule(
            "C1",
            "is_member",
            both(
                "The leading host is a member of the alliance.",
                "الجهة المضيفة الرئيسية عضو في التحالف.",
            ),
            {"fact": "organisation"},
            CALL_2024,
        ),
        Rule(
            "C2",
            "citizenship_not",
            both(
                "The leading host is outside the Chinese mainland.",
                "الجهة المضيفة الرئيسية خارج البر الصيني الرئيسي.",
            ),
            {"countries": ["CN"], "facts": ["citizenship"]},
            CALL_2024,
        ),
        Rule(
            "C3",
            "citizenship_not",
            both(
                "The meeting is held outside the Chinese mainland.",
                "يُعقد اللقاء خارج البر الصيني الرئيسي.",
            ),
            {"countries": ["CN"], "facts": ["meeting_country"]},
            CALL_2024,
        ),
        Rule(
            "C4",
            "count_at_least",
            both(
                "At least one co-host is a member of the alliance too.",
                "جهة مضيفة مشاركة واحدة على الأقل عضو في التحالف أيضًا.",
            ),
            {"fact": "partner_members", "least": 2},
            CALL_2024,
        ),
        Rule(
            "C5",
            "same_organisation",
            both(
                "The person in charge belongs to the leading host.",
                "ينتمي الشخص المسؤول إلى الجهة المضيفة الرئيسية.",
            ),
            {"fact": "in_charge", "other": "organisation"},
            CALL_2024,
        ),
        Rule(
            "C6",
            "count_at_least",
            both("At least 50 people take part on site.", "يشارك 50 شخصًا على الأقل في الموقع."),
            {"fact": "on_site", "least": 50},
            CALL_2024,
        ),
        Rule(
            "C7",
            "day_on_or_after",
            both(
                "The meeting begins in the year after the call: not before 1 January.",
                "يبدأ اللقاء في السنة التالية للدعوة: ليس قبل 1 يناير.",
            ),
            {"fact": "starts_on", "day": "intake-01-01"},
            CALL_2024,
        ),
        Rule(
            "C8",
            "day_on_or_before",
            both(
                "The meeting begins in the year after the call: not after 31 December.",
                "يبدأ اللقاء في السنة التالية للدعوة: ليس بعد 31 ديسمبر.",
            ),
            {"fact": "starts_on", "day": "intake-12-31"},
            CALL_2024,
        ),
        Rule(
            "C9",
            "count_at_least",
            both(
                "A co-host from another country is preferred.",
                "تُفضّل جهة مضيفة مشاركة من بلد آخر.",
            ),
            {"fact": "partner_countries", "least": 2},
            CALL_2024,
            standard=Standard.FAVOURED,
        ),
        Rule(
            "C10",
            "answer_one_of",
            both(
                "Climate, agriculture and food, public health, biodiversity and green technology"
                " are preferred.",
                "تُفضّل موضوعات المناخ والزراعة والغذاء والصحة العامة والتنوع البيولوجي"
                " والتكنولوجيا الخضراء.",
            ),
            {
                "fact": "priority",
                "values": [each.value for each in PRIORITIES if each.value != "other"],
            },
            CALL_2024,
            standard=Standard.FAVOURED,
        ),
    ),
)

RUBRIC = open_rubric(
    criterion(
        "purpose",
        both("Purpose", "الغرض"),
        "0.35",
        both(
            "A question that needs people in one room, and an answer that others can use.",
            "مسألة تحتاج إلى اجتماع الناس، ونتيجة يمكن لغيرهم استخدامها.",
        ),
    ),
    criterion(
        "programme",
        both("Programme", "البرنامج"),
        "0.25",
        both("Speakers, sessions, and what remains.", "المتحدثون والجلسات وما يبقى بعده."),
    ),
    criterion(
        "participation",
        both("Participation", "المشاركة"),
        "0.25",
        both(
            "Several members and countries; those who could not come without help do.",
            "أعضاء وبلدان متعددة؛ ويشارك من لا يستطيع الحضور دون مساعدة.",
        ),
    ),
    criterion(
        "feasibility",
        both("Feasibility and cost", "قابلية التنفيذ والكلفة"),
        "0.15",
        both("Realistic in time, place and money.", "واقعية في الوقت والمكان والمال."),
    ),
    reviews_each=3,
)

CONFERENCE = ProgrammeKind(
    code="conference",
    name=both("Conferences and Workshops", "المؤتمرات وورش العمل"),
    summary=both(
        "Support for meetings that members hold together, away from where the alliance sits.",
        "دعم لقاءات ينظمها الأعضاء معًا خارج بلد مقر التحالف.",
    ),
    plan_section="3.8",
    division="information-communication",
    number_code="C",
    applicant=ApplicantKind.ORGANISATION,
    entry=EntryKind.PROPOSAL,
    outcome=Grant(
        most=10,
        budget=Decimal(2_000_000),
        most_each=Decimal(500_000),
        currency="CNY",
        label=both("Meetings", "اللقاءات"),
    ),
    window=Window(opens="intake-1-09-14", closes="intake-1-11-15", zone="Asia/Shanghai"),
    intake=Intake(with_others=True),
    stages=(
        StagePlan("proposals", "applications", both("Proposals", "المقترحات")),
        StagePlan(
            "screening", "screening", both("Eligibility check", "فحص الأهلية"), after=1, lasts=14
        ),
        StagePlan("review", "review", both("Review", "التحكيم"), after=15, lasts=21),
        StagePlan("panel", "panel", both("Panel meeting", "اجتماع اللجنة"), after=37, lasts=2),
        StagePlan("decision", "decision", both("Decision", "القرار"), after=40, lasts=5),
        StagePlan("release", "release", both("Results", "النتائج"), after=46, lasts=1),
        StagePlan("agreements", "offers", both("Agreements", "الاتفاقيات"), after=46, lasts=31),
    ),
    form=without_readers(FORM, Audience.HOSTS),
    letters=(agreement("co_host", ("partners",), CO_HOST_WORDS, CO_HOST_FORM, days=10),),
    check_keys=("organisation", "citizenship", "meeting_country", "starts_on", "on_site"),
    rule_sets=(RULES,),
    rubric=RUBRIC,
    groups=(LDC,),
    figures=("LDC",),
    benefits=(
        Benefit(
            "grant",
            both(
                "A contribution of what is requested, at most",
                "مساهمة بقدر المطلوب، وبحد أقصى",
            ),
            both("The alliance", "التحالف"),
            Decimal(500_000),
            "CNY",
            "once",
        ),
    ),
    offer_days=30,
    publishes=Publication.NAMES,
    appeals_days=14,
    sources={
        "rules": CALL_2024,
        "grants": "model: the amount stood in a part of the call that is not known",
        "benefits.grant": "model: the amount stood in a part of the call that is not known",
        "window": "Opens: call of 14 September 2024; the closing day is a model",
        "stages": "model: so that hosts know by the end of the year before",
        "rubric": "model: weights and scale are ours",
        "letters.co_host": "model: ours, so that nobody is named without knowing",
        "offer_days": "model",
        "appeals_days": "model: ours",
        "publishes": "model: meetings are announced in any case",
    },
)
