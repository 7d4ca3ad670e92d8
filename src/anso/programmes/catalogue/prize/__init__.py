"""The S&T Cooperation Prize for Development (strategic plan 3.2): seven awards, by nomination."""

from __future__ import annotations

from decimal import Decimal

from anso.kernel.eligibility import Rule, RuleSet
from anso.kernel.questions import Audience, Equals
from anso.kernel.terms import (
    Benefit,
    Criterion,
    EntryKind,
    LetterNeed,
    LetterRule,
    Level,
    Publication,
    Rubric,
)
from anso.programmes.catalogue.bank import both, without_readers
from anso.programmes.catalogue.prize.form import FORM, LEVELS
from anso.programmes.catalogue.prize.letters import (
    CONSENT_FORM,
    CONSENT_WORDS,
    SUPPORT_FORM,
    SUPPORT_WORDS,
)
from anso.programmes.kinds import (
    ApplicantKind,
    LetterPlan,
    ProgrammeKind,
    StagePlan,
    Window,
)
from anso.programmes.outcomes import Award, Prize

RULES = RuleSet(
    "programme",
    both("Rules of the prize", "قواعد الجائزة"),
    (
        Rule(
            "P1",
            "differs",
            both("Nobody nominates themselves.", "لا يرشح أحد نفسه."),
            {
                "fact": ["full_name", "applicant_addresses"],
                "other": ["title", "nominee"],
                "compares": "people",
            },
            "Model: UNESCO and TWAS prizes",
        ),
        Rule(
            "P2",
            "differs",
            both(
                "Nobody nominates their own institution, or somebody of it.",
                "لا يرشح أحد مؤسسته أو شخصًا منها.",
            ),
            {
                "fact": "nominator_organisation",
                "other": "nominee_organisation",
                "compares": "organisations",
            },
            "Model: UNESCO prizes",
        ),
        Rule(
            "P4",
            "answer_is",
            both("The nominee agrees by the closing day.", "يوافق المرشح قبل آخر يوم."),
            {"fact": "is_acceptance", "value": True},
            "Model: TWAS fellowship nominations, 2017",
        ),
        Rule(
            "P5",
            "answer_one_of",
            both(
                "The Outstanding Women Award is for women.", "جائزة المرأة المتميزة مخصصة للنساء."
            ),
            {"fact": "nominee_gender", "values": ["woman"]},
            "Strategic plan, section 3.2",
            Equals("level", "women"),
        ),
        Rule(
            "P6",
            "day_on_or_after",
            both(
                "For the Youth Leader Award the highest degree is at most ten years old at the"
                " closing day.",
                "لجائزة القيادات الشابة لا يتجاوز عمر أعلى شهادة عشر سنوات عند آخر يوم.",
            ),
            {"fact": "highest_degree_on", "day": "closing-10"},
            "Model: early-career award of the International Science Council",
            Equals("level", "youth"),
        ),
        Rule(
            "P7",
            "differs",
            both(
                "Supporters are other people than the nominee and you.",
                "الداعمون أشخاص غير المرشح وغيرك.",
            ),
            {
                "fact": ["supporter_1", "supporter_2"],
                "other": ["title", "nominee", "full_name", "applicant_addresses"],
                "compares": "people",
            },
            "Model: UNESCO prizes, two letters by parties unrelated to the nominee",
        ),
        Rule(
            "P8",
            "differs",
            both(
                "Supporters are of another organisation than the nominee.",
                "الداعمون من منظمة غير منظمة المرشح.",
            ),
            {
                "fact": ["supporter_1", "supporter_2"],
                "other": "nominee_organisation",
                "compares": "organisations",
            },
            "Model: UNESCO prizes, two letters by parties unrelated to the nominee",
        ),
    ),
)

ANCHORS = (
    (1, both("Local or beginning", "محلي أو في بدايته")),
    (2, both("Of regional note", "معروف إقليميًا")),
    (3, both("Strong", "قوي")),
    (4, both("Very strong", "قوي جدًا")),
    (5, both("Among the best known", "من أفضل ما نعرف")),
)

PRIZE = ProgrammeKind(
    code="prize",
    name=both(
        "S&T Cooperation Prize for Development", "جائزة التعاون العلمي والتكنولوجي من أجل التنمية"
    ),
    summary=both(
        "Seven awards for people and organisations whose cooperation across regions, sectors and"
        " disciplines has served development.",
        "سبع جوائز لأشخاص ومنظمات خدم تعاونهم عبر المناطق والقطاعات والتخصصات التنمية.",
    ),
    plan_section="3.2",
    division="science-planning",
    number_code="P",
    applicant=ApplicantKind.PERSON,
    entry=EntryKind.NOMINATION,
    outcome=Prize(
        tuple(
            Award(f"award-{key.replace('_', '-')}", both(en, ar), 1, key) for key, en, ar in LEVELS
        )
    ),
    window=Window(opens="intake-01-27", closes="intake-04-30", zone="Asia/Shanghai"),
    stages=(
        StagePlan("nominations", "applications", both("Nominations", "الترشيحات")),
        StagePlan(
            "letters", "letters", both("Letters of support", "رسائل الدعم"), after=1, lasts=14
        ),
        StagePlan(
            "screening", "screening", both("Eligibility check", "فحص الأهلية"), after=1, lasts=21
        ),
        StagePlan(
            "review", "review", both("Review by the jury", "تحكيم اللجنة"), after=22, lasts=45
        ),
        StagePlan("jury", "panel", both("Jury meeting", "اجتماع لجنة التحكيم"), after=80, lasts=2),
        StagePlan(
            "conferral",
            "decision",
            both("Conferral by the Governing Board", "إقرار مجلس الإدارة"),
            after=90,
            lasts=14,
        ),
        StagePlan(
            "release",
            "release",
            both("Word to laureates and nominators", "إبلاغ الفائزين والمرشِّحين"),
            after=104,
            lasts=1,
        ),
        StagePlan(
            "ceremony",
            "announcement",
            both("Ceremony and announcement", "الحفل والإعلان"),
            after=180,
            lasts=1,
        ),
    ),
    entries_each=2,
    bodies={"jury": "", "conferring": "governing-board"},
    form=without_readers(FORM, Audience.HOSTS),
    check_keys=(
        "level",
        "title",
        "nominee_organisation",
        "nominee_gender",
        "highest_degree_on",
        "full_name",
        "nominator_organisation",
    ),
    rule_sets=(RULES,),
    rubric=Rubric(
        (
            Criterion(
                "achievement",
                both("Achievement", "الإنجاز"),
                Decimal("0.4"),
                both("What would not exist without the nominee.", "ما لم يكن ليوجد لولا المرشح."),
                ANCHORS,
            ),
            Criterion(
                "cooperation",
                both("Cooperation", "التعاون"),
                Decimal("0.4"),
                both(
                    "Across regions, sectors and disciplines.", "عبر المناطق والقطاعات والتخصصات."
                ),
                ANCHORS,
            ),
            Criterion(
                "benefit",
                both("Benefit to development", "الفائدة للتنمية"),
                Decimal("0.2"),
                both("Who is better off, and how that is known.", "من استفاد وكيف عُرف ذلك."),
                ANCHORS,
            ),
        ),
        scale_lowest=1,
        scale_highest=5,
        reviews_each=4,
        is_blind=False,
    ),
    letters=(
        LetterPlan(
            LetterRule(
                "supporter",
                2,
                days_after_close=14,
                minutes=10,
                asked_in=("supporter_1", "supporter_2"),
                words=SUPPORT_WORDS,
                need=LetterNeed.DAY,
            ),
            without_readers(SUPPORT_FORM, Audience.HOSTS),
        ),
        LetterPlan(
            LetterRule(
                "nominee",
                1,
                days_after_close=0,
                minutes=3,
                asked_in=("nominee",),
                words=CONSENT_WORDS,
                need=LetterNeed.DAY,
            ),
            without_readers(CONSENT_FORM, Audience.HOSTS),
        ),
    ),
    levels=tuple(Level(key, both(en, ar)) for key, en, ar in LEVELS),
    benefits=(
        Benefit(
            "medal",
            both("Medal, certificate and citation", "ميدالية وشهادة ونص تقدير"),
            both("The alliance", "التحالف"),
            per="once",
        ),
        Benefit(
            "ceremony",
            both("Journey to the ceremony", "السفر إلى الحفل"),
            both("The alliance", "التحالف"),
            per="once",
        ),
    ),
    offer_days=30,
    publishes=Publication.NAMES,
    appeals_days=14,
    sources={
        "levels": "Strategic plan, section 3.2: five awards for individuals, two for organisations",
        "awards": "model: one laureate of each award in an edition",
        "citation": "Model: TWAS awards, citation of 20 to 25 words",
        "letters.referee": "Model: UNESCO prizes, two letters by parties unrelated to the nominee",
        "letters.nominee": "Model: TWAS, consent by the deadline or the nomination does not count",
        "window": "Model: TWAS nominations of 2017 ran from 27 January; closing day ours",
        "stages": "Model: an independent jury recommends and another body confers (UNESCO)",
        "rubric": "model: weights and scale are ours",
        "appeals_days": "model: ours; of the procedure, never of the jury's judgement",
        "publishes": "model: an honour is public; academies and UNESCO name their laureates",
        "benefits.medal": "model: no amount of money is known",
        "benefits.ceremony": "model",
    },
)
