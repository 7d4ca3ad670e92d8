"""Strategic consulting (strategic plan 3.5): a government, agency or member asks for a study or a
joint statement; the alliance takes it up or not. Drafting and review of the report follow there.
"""

from __future__ import annotations

from anso.kernel.eligibility import Rule, RuleSet
from anso.kernel.questions import Audience
from anso.kernel.terms import Benefit, EntryKind, Intake, Publication
from anso.programmes.catalogue.advice.form import FORM
from anso.programmes.catalogue.bank import both, without_readers
from anso.programmes.catalogue.judging import criterion, open_rubric
from anso.programmes.kinds import ApplicantKind, ProgrammeKind, StagePlan, Window
from anso.programmes.outcomes import Undertaking

RULES = RuleSet(
    "programme",
    both("Rules for requests", "قواعد الطلبات"),
    (
        Rule(
            "V1",
            "answer_is",
            both(
                "Whoever asks accepts that the result is published, whatever it says.",
                "يقبل الطالب نشر النتيجة أيًا كانت.",
            ),
            {"fact": "accepts_publication", "value": True},
            "Model: studies of the InterAcademy Council",
        ),
        Rule(
            "V2",
            "answer_is",
            both(
                "Whoever asks names no conclusion in advance and no authors.",
                "لا يحدد الطالب مسبقًا أي استنتاج ولا المؤلفين.",
            ),
            {"fact": "accepts_independence", "value": True},
            "Model: studies of the InterAcademy Council",
        ),
        Rule(
            "V3",
            "day_on_or_after",
            both(
                "The answer is not needed before the call closes.",
                "لا تلزم الإجابة قبل إغلاق الدعوة.",
            ),
            {"fact": "needed_by", "day": "closing"},
            "model: ours; what comes later helps nobody",
        ),
    ),
)

RUBRIC = open_rubric(
    criterion(
        "need",
        both("Need", "الحاجة"),
        "0.4",
        both("A decision depends on it, and science can answer.", "يتوقف عليه قرار والعلم يجيب."),
    ),
    criterion(
        "fit",
        both("Fit for the alliance", "ملاءمته للتحالف"),
        "0.4",
        both(
            "Several members know the subject; no other body answers it already.",
            "يعرف أعضاء متعددون الموضوع؛ ولا تجيب عنه هيئة أخرى.",
        ),
    ),
    criterion(
        "means",
        both("Time and means", "الوقت والموارد"),
        "0.2",
        both("It can be done by then with what there is.", "يمكن إنجازه في الموعد وبالمتاح."),
    ),
    reviews_each=2,
)

ADVICE = ProgrammeKind(
    code="advice",
    name=both("Strategic Consulting", "الاستشارات الاستراتيجية"),
    summary=both(
        "Studies and joint statements for governments, agencies and members who ask.",
        "دراسات وبيانات مشتركة للحكومات والوكالات والأعضاء بناءً على طلبهم.",
    ),
    plan_section="3.5",
    division="science-planning",
    number_code="V",
    applicant=ApplicantKind.ORGANISATION,
    entry=EntryKind.PROPOSAL,
    outcome=Undertaking(5, both("Studies and statements", "الدراسات والبيانات")),
    window=Window(opens="intake-01-01", closes="intake-03-31", zone="Asia/Shanghai"),
    intake=Intake(cut_offs=("03-31", "06-30", "09-30", "12-31"), with_others=True),
    stages=(
        StagePlan("requests", "applications", both("Requests", "الطلبات")),
        StagePlan("scoping", "screening", both("Scoping", "تحديد النطاق"), after=1, lasts=21),
        StagePlan(
            "review", "review", both("Opinions of members", "آراء الأعضاء"), after=22, lasts=21
        ),
        StagePlan("panel", "panel", both("Panel meeting", "اجتماع اللجنة"), after=44, lasts=2),
        StagePlan(
            "decision",
            "decision",
            both("Decision of the Governing Board", "قرار مجلس الإدارة"),
            after=47,
            lasts=14,
        ),
        StagePlan("release", "release", both("Answers", "الأجوبة"), after=62, lasts=1),
        StagePlan("agreements", "offers", both("Agreements", "الاتفاقيات"), after=62, lasts=31),
    ),
    entries_each=5,
    bodies={"jury": "", "conferring": "governing-board"},
    form=without_readers(FORM, Audience.HOSTS, Audience.WRITERS),
    check_keys=("accepts_publication", "accepts_independence", "needed_by"),
    rule_sets=(RULES,),
    rubric=RUBRIC,
    benefits=(
        Benefit(
            "report",
            both("A study or statement, reviewed and published", "دراسة أو بيان، محكَّم ومنشور"),
            both("As agreed with whoever asks", "حسب الاتفاق مع الطالب"),
            per="once",
        ),
    ),
    offer_days=30,
    publishes=Publication.FIGURES,
    sources={
        "rules": "Model: studies of the InterAcademy Council",
        "bodies": "Model: its board approves a prospectus; the majority is the Board's own",
        "benefits.report": "Strategic plan, section 3.5",
        "window": "model; it stays open, with one batch in each quarter",
        "stages": "model: scoping, opinions, board, as the InterAcademy Council did",
        "rubric": "model: weights and scale are ours",
        "offer_days": "model",
        "publishes": "model: ours; who asked for what is published with the report",
    },
)
