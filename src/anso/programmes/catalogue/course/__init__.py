"""Training (strategic plan 3.3): courses that members propose to hold. Those who want to take part
apply in a call of each course.
"""

from __future__ import annotations

from decimal import Decimal

from anso.kernel.eligibility import Rule, RuleSet, Standard
from anso.kernel.questions import Audience
from anso.kernel.terms import (
    Benefit,
    EntryKind,
    Intake,
    LetterWords,
    Publication,
)
from anso.programmes.catalogue.agreeing import READ_OF_PROPOSAL, SEND, agreement, agreement_form
from anso.programmes.catalogue.bank import (
    LDC,
    both,
    without_readers,
)
from anso.programmes.catalogue.course.form import FORM
from anso.programmes.catalogue.judging import criterion, open_rubric
from anso.programmes.kinds import ApplicantKind, ProgrammeKind, StagePlan, Window
from anso.programmes.outcomes import Grant

JOINT_WORDS = LetterWords(
    name=both("joint institution’s confirmation", "تأكيد المؤسسة المشاركة"),
    promised=both(
        "The confirmation of every joint institution, where there are any.",
        "تأكيد كل مؤسسة مشاركة، إن وُجدت.",
    ),
    heading=both(
        "Do you hold a course together with {applicant}?", "هل تنظم دورة بالاشتراك مع {applicant}؟"
    ),
    request=both(
        "{applicant} proposes the course “{title}” to {call} and names your organisation as a joint"
        " institution.",
        "يقترح {applicant} دورة “{title}” على {call} ويذكر منظمتك مؤسسةً مشاركة.",
    ),
    unanswered=both(
        "Both yes and no help: an institution that says no is not counted.",
        "الإجابة بنعم أو بلا مفيدة: المؤسسة التي تعتذر لا تُحتسب.",
    ),
    readers=READ_OF_PROPOSAL,
    button=SEND,
)

RULES = RuleSet(
    "programme",
    both("Rules of the programme", "قواعد البرنامج"),
    (
        Rule(
            "T1",
            "is_member",
            both("The host is a member of the alliance.", "الجهة المضيفة عضو في التحالف."),
            {"fact": "organisation"},
            "Strategic plan, section 3.3: courses of members",
        ),
        Rule(
            "T2",
            "count_at_least",
            both("A course lasts at least 12 days.", "لا تقل مدة الدورة عن 12 يومًا."),
            {"fact": "days", "least": 12},
            "Measures of the academy for training courses, read in a copy elsewhere: doubtful",
        ),
        Rule(
            "T3",
            "amount_at_least",
            both(
                "At least half of the trainees come from other countries.",
                "يأتي نصف المتدربين على الأقل من بلدان أخرى.",
            ),
            {"fact": "foreign_trainees", "other": "trainees", "times": "0.5"},
            "Model: capacity-building workshops of COSPAR",
        ),
        Rule(
            "T4",
            "amount_at_least",
            both(
                "Not more trainees come from other countries than come in all.",
                "لا يزيد عدد القادمين من بلدان أخرى على عدد المتدربين جميعًا.",
            ),
            {"fact": "trainees", "other": "foreign_trainees"},
            "model: ours; a part is not more than the whole",
        ),
        Rule(
            "T5",
            "same_organisation",
            both(
                "The director of the course belongs to the host.",
                "ينتمي مدير الدورة إلى الجهة المضيفة.",
            ),
            {"fact": "in_charge", "other": "organisation"},
            "Model: conference programme of 2024",
        ),
        Rule(
            "T6",
            "count_at_least",
            both(
                "A course that several institutions hold together is preferred.",
                "تُفضّل الدورات التي تنظمها مؤسسات متعددة معًا.",
            ),
            {"fact": "partner_organisations", "least": 2},
            "Strategic plan, section 3.3: joint training",
            standard=Standard.FAVOURED,
        ),
    ),
)

RUBRIC = open_rubric(
    criterion(
        "need",
        both("Need", "الحاجة"),
        "0.35",
        both("Who will be able to do what.", "من سيستطيع فعل ماذا."),
    ),
    criterion(
        "teaching",
        both("Teaching", "التدريس"),
        "0.35",
        both("Programme, lecturers, what is hands-on.", "البرنامج والمحاضرون والتطبيق."),
    ),
    criterion(
        "hosting",
        both("Place and means", "المكان والوسائل"),
        "0.3",
        both(
            "Rooms, network, safety, cost for each trainee.",
            "القاعات والشبكة والسلامة وكلفة كل متدرب.",
        ),
    ),
    reviews_each=2,
)

COURSE = ProgrammeKind(
    code="course",
    name=both("Training Courses", "الدورات التدريبية"),
    summary=both(
        "Support for courses that members hold for people of the Global South.",
        "دعم دورات ينظمها الأعضاء لمشاركين من بلدان الجنوب.",
    ),
    plan_section="3.3",
    division="capacity-building",
    number_code="T",
    applicant=ApplicantKind.ORGANISATION,
    entry=EntryKind.PROPOSAL,
    parts_of=("collaborative_research",),
    outcome=Grant(
        most=12,
        budget=Decimal(4_000_000),
        most_each=Decimal(400_000),
        currency="CNY",
        label=both("Courses", "الدورات"),
    ),
    window=Window(opens="intake-1-05-01", closes="intake-1-07-31", zone="Asia/Shanghai"),
    intake=Intake(with_others=True),
    stages=(
        StagePlan("proposals", "applications", both("Proposals", "المقترحات")),
        StagePlan(
            "screening", "screening", both("Eligibility check", "فحص الأهلية"), after=1, lasts=14
        ),
        StagePlan("review", "review", both("Review", "التحكيم"), after=15, lasts=28),
        StagePlan("panel", "panel", both("Panel meeting", "اجتماع اللجنة"), after=45, lasts=2),
        StagePlan("decision", "decision", both("Decision", "القرار"), after=48, lasts=5),
        StagePlan("release", "release", both("Results", "النتائج"), after=54, lasts=1),
        StagePlan("agreements", "offers", both("Agreements", "الاتفاقيات"), after=54, lasts=31),
    ),
    entries_each=3,
    form=without_readers(FORM, Audience.HOSTS),
    letters=(
        agreement(
            "joint",
            ("partners",),
            JOINT_WORDS,
            agreement_form(
                both("Do you hold this course together?", "هل تشارك في تنظيم هذه الدورة؟"),
                both("What your institution brings", "ما تقدمه مؤسستك"),
            ),
            days=10,
        ),
    ),
    check_keys=("organisation", "days", "trainees", "foreign_trainees"),
    rule_sets=(RULES,),
    rubric=RUBRIC,
    groups=(LDC,),
    figures=("LDC",),
    benefits=(
        Benefit(
            "grant",
            both("A contribution of what is requested, at most", "مساهمة بقدر المطلوب، وبحد أقصى"),
            both("The alliance", "التحالف"),
            Decimal(400_000),
            "CNY",
            "once",
        ),
    ),
    offer_days=30,
    publishes=Publication.NAMES,
    appeals_days=14,
    sources={
        "topics": "Strategic plan, section 2.4, item 8",
        "grants": "model: no amount is known",
        "benefits.grant": "model: no amount is known",
        "window": "model",
        "stages": "model",
        "rubric": "model: weights and scale are ours",
        "letters.joint": "model: ours, so that nobody is named without knowing",
        "offer_days": "model",
        "appeals_days": "model: ours",
        "publishes": "model: courses are announced in any case",
    },
)
