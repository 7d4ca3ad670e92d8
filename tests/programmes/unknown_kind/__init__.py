"""Field schools: a kind that no code of the product knows, laid out as its folder would be."""

from __future__ import annotations

from decimal import Decimal

from anso.kernel.terms import Benefit, Criterion, EntryKind, EntryNouns, Rubric
from anso.kernel.wording import CountedText, both
from anso.programmes.kinds import ApplicantKind, ProgrammeKind, StagePlan, Window
from tests.programmes.unknown_kind.form import INTENT_FORM, PLAN_FORM
from tests.programmes.unknown_kind.letters import LETTERS
from tests.programmes.unknown_kind.outcome import FieldSchools
from tests.programmes.unknown_kind.rules import RULES


def _judged_by(key: str, en: str, ar: str) -> Rubric:
    """One criterion on a scale of four, one review each, in the open."""
    anchors = ((1, both("Weak", "ضعيف")), (4, both("Strong", "قوي")))
    hint = both("In the field, not on paper.", "في الميدان لا على الورق.")
    criterion = Criterion(key, both(en, ar), Decimal(1), hint, anchors)
    return Rubric((criterion,), scale_lowest=1, scale_highest=4, reviews_each=1, is_blind=False)


INTENTS = {
    "en": {"one": "%(n)s letter of intent", "other": "%(n)s letters of intent"},
    "ar": {"one": "خطاب نوايا واحد", "few": "%(n)s خطابات نوايا", "other": "%(n)s خطاب نوايا"},
}
NOUNS = EntryNouns(
    CountedText(INTENTS),
    noun=both("letter of intent", "خطاب نوايا"),
    heading=both("Letter of intent", "خطاب النوايا"),
    your=both("your letter of intent", "خطاب نواياكم"),
    yours=both("Your letter of intent", "خطاب نواياكم"),
    start=both("Start letter of intent", "ابدأ خطاب النوايا"),
    start_yours=both("Start your letter of intent", "ابدأ خطاب نواياكم"),
    who=both("Who can hold a school", "من يمكنه تنظيم مدرسة"),
)


FIELD_SCHOOLS = ProgrammeKind(
    code="field_schools",
    name=both("Field Schools", "المدارس الميدانية"),
    summary=both("Learning outdoors, held by several.", "تعلّم في الميدان تنظمه جهات عدة."),
    plan_section="0.0",
    division="science-planning",
    number_code="W",
    applicant=ApplicantKind.CONSORTIUM,
    entry=EntryKind.PROPOSAL,
    nouns=NOUNS,
    outcome=FieldSchools(schools=1, weeks=4),
    window=Window(opens="intake-1-10-01", closes="intake-1-11-30", zone="Africa/Nairobi"),
    stages=(
        StagePlan("intents", "applications", both("Letters of intent", "خطابات النوايا")),
        StagePlan("sifting", "screening", both("Sifting", "الفرز"), after=1, lasts=14),
        StagePlan(
            "first_look", "review", both("First look", "النظرة الأولى"), after=15, lasts=14
        ),
        StagePlan(
            "plans",
            "applications",
            both("Full plans", "الخطط الكاملة"),
            after=40,
            lasts=30,
            form="full_plan",
        ),
        StagePlan(
            "plan_sifting", "screening", both("Sifting of plans", "فرز الخطط"), after=71, lasts=5
        ),
        StagePlan(
            "long_look",
            "review",
            both("Long look", "النظرة الطويلة"),
            after=77,
            lasts=20,
            rubric="plan",
        ),
        StagePlan("jury", "panel", both("Jury", "اللجنة"), after=100, lasts=2),
        StagePlan("conferral", "decision", both("Conferral", "الإقرار"), after=105, lasts=10),
        StagePlan("news", "release", both("Announcement", "الإعلان"), after=120, lasts=1),
        StagePlan(
            "words", "offers", both("Word of directors", "كلمة المديرين"), after=121, lasts=30
        ),
    ),
    bodies={"jury": "", "conferring": ""},
    form=INTENT_FORM,
    further_forms={"full_plan": PLAN_FORM},
    letters=LETTERS,
    check_keys=("co_organisers", "held_in"),
    rule_sets=(RULES,),
    rubric=_judged_by("promise", "Promise of the terrain", "وعد التضاريس"),
    further_rubrics={"plan": _judged_by("safety", "Safety in the field", "السلامة في الميدان")},
    benefits=(
        Benefit(
            "tents", both("Tents and boats", "خيام وقوارب"), both("The alliance", "التحالف"),
            per="once",
        ),
    ),
    offer_days=14,
    sources={"benefits.tents": "model: made for a test"},
)  # fmt: skip
