"""Professional associations (strategic plan 3.6): a founding group asks to be recognised; a panel
proposes and the Governing Board decides, in batches.
"""

from __future__ import annotations

from anso.kernel.eligibility import Rule, RuleSet
from anso.kernel.questions import Audience
from anso.kernel.terms import (
    Benefit,
    EntryKind,
    Intake,
    LetterWords,
    Publication,
)
from anso.programmes.catalogue.agreeing import READ_OF_PROPOSAL, SEND, agreement, agreement_form
from anso.programmes.catalogue.association.form import FORM
from anso.programmes.catalogue.bank import (
    LDC,
    both,
    without_readers,
)
from anso.programmes.catalogue.judging import criterion, open_rubric
from anso.programmes.kinds import ApplicantKind, ProgrammeKind, StagePlan, Window
from anso.programmes.outcomes import Recognition

FOUNDER_WORDS = LetterWords(
    name=both("founder’s confirmation", "تأكيد العضو المؤسس"),
    promised=both("The confirmation of every founding member.", "تأكيد كل عضو مؤسس."),
    heading=both(
        "Do you found an association together with {applicant}?",
        "هل تشارك {applicant} في تأسيس جمعية؟",
    ),
    request=both(
        "{applicant} asks in {call} that the association “{title}” be recognised, and names your"
        " organisation as a founding member.",
        "يطلب {applicant} في {call} الاعتراف بجمعية “{title}” ويذكر منظمتك عضوًا مؤسسًا.",
    ),
    unanswered=both(
        "Both yes and no help: a founder who says no is not counted.",
        "الإجابة بنعم أو بلا مفيدة: المؤسس الذي يعتذر لا يُحتسب.",
    ),
    readers=READ_OF_PROPOSAL,
    button=SEND,
)

FOUR = "Model: ours, below the smallest of the four associations that are known (14 founders)"
RULES = RuleSet(
    "programme",
    both("Rules of recognition", "قواعد الاعتراف"),
    (
        Rule(
            "A1",
            "count_at_least",
            both("At least 8 organisations found it.", "تؤسسها 8 منظمات على الأقل."),
            {"fact": "partner_organisations", "least": 8},
            FOUR,
        ),
        Rule(
            "A2",
            "count_at_least",
            both("They come from at least 4 countries.", "تنتمي إلى 4 بلدان على الأقل."),
            {"fact": "partner_countries", "least": 4},
            FOUR,
        ),
        Rule(
            "A3",
            "count_at_least",
            both(
                "At least 2 of them are members of the alliance.",
                "اثنتان (2) منها على الأقل عضوان في التحالف.",
            ),
            {"fact": "partner_members", "least": 2},
            "model: ours; each known association is led by a member with others",
        ),
        Rule(
            "A4",
            "day_on_or_before",
            both(
                "It was launched before the closing day: recognition is of what exists.",
                "أُطلقت قبل آخر يوم: فالاعتراف بما هو قائم.",
            ),
            {"fact": "launched_on", "day": "closing"},
            "Association for disaster risk reduction: launched in May, recognised in December 2019",
        ),
    ),
)

RUBRIC = open_rubric(
    criterion(
        "purpose",
        both("Purpose", "الغرض"),
        "0.4",
        both("A field that has no such body among members.", "مجال ليس للأعضاء فيه هيئة مماثلة."),
    ),
    criterion(
        "plan",
        both("Plan", "الخطة"),
        "0.3",
        both("Working groups, first year, means.", "مجموعات العمل والسنة الأولى والموارد."),
    ),
    criterion(
        "breadth",
        both("Breadth", "التنوع"),
        "0.3",
        both("Regions, countries, kinds of members.", "المناطق والبلدان وأنواع الأعضاء."),
    ),
    reviews_each=2,
)

ASSOCIATION = ProgrammeKind(
    code="association",
    name=both("Professional Associations", "الجمعيات المهنية"),
    summary=both(
        "Recognition of associations in which members and others work on one field.",
        "الاعتراف بجمعيات يعمل فيها الأعضاء وغيرهم في مجال واحد.",
    ),
    plan_section="3.6",
    division="science-planning",
    number_code="A",
    applicant=ApplicantKind.CONSORTIUM,
    entry=EntryKind.PROPOSAL,
    outcome=Recognition(4, both("Associations", "الجمعيات")),
    window=Window(opens="intake-01-01", closes="intake-04-30", zone="Asia/Shanghai"),
    intake=Intake(cut_offs=("04-30", "10-31"), with_others=True),
    stages=(
        StagePlan("proposals", "applications", both("Proposals", "المقترحات")),
        StagePlan(
            "screening", "screening", both("Eligibility check", "فحص الأهلية"), after=1, lasts=21
        ),
        StagePlan("review", "review", both("Review", "التحكيم"), after=22, lasts=28),
        StagePlan("panel", "panel", both("Panel meeting", "اجتماع اللجنة"), after=52, lasts=2),
        StagePlan(
            "recognition",
            "decision",
            both("Recognition by the Governing Board", "اعتراف مجلس الإدارة"),
            after=56,
            lasts=14,
        ),
        StagePlan("release", "release", both("Results", "النتائج"), after=71, lasts=1),
        StagePlan("agreements", "offers", both("Agreements", "الاتفاقيات"), after=71, lasts=61),
    ),
    bodies={"jury": "", "conferring": "governing-board"},
    form=without_readers(FORM, Audience.HOSTS),
    letters=(
        agreement(
            "founder",
            ("partners",),
            FOUNDER_WORDS,
            agreement_form(
                both("Do you found it together?", "هل تشارك في تأسيسها؟"),
                both("What your organisation does in it", "ما تقوم به منظمتك فيها"),
            ),
            days=21,
        ),
    ),
    check_keys=("organisation", "citizenship", "partners", "launched_on"),
    rule_sets=(RULES,),
    rubric=RUBRIC,
    groups=(LDC,),
    figures=("LDC",),
    benefits=(
        Benefit(
            "name",
            both("To be called an association of the alliance", "حمل اسم جمعية من جمعيات التحالف"),
            both("The alliance", "التحالف"),
            per="once",
        ),
    ),
    offer_days=60,
    publishes=Publication.NAMES,
    appeals_days=30,
    sources={
        "rules": FOUR,
        "bodies": "Strategic plan, section 3.6; the Board's decisions of 2019 and 2020",
        "batch": "Known: two were recognised on one day in June 2020",
        "letters.founder": "model: ours, so that nobody is named without knowing",
        "benefits.name": "Strategic plan, section 3.6",
        "window": "model; the plan knows no window, so it stays open, with two batches a year",
        "stages": "model",
        "rubric": "model: weights and scale are ours",
        "offer_days": "model",
        "appeals_days": "model: ours",
        "publishes": "Known: recognised associations are announced",
    },
)
