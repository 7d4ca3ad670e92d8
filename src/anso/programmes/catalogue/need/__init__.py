"""Needs of universities (strategic plan 3.9), stated before anybody is looked for: those that are
taken up find a shortlist of experts, ask one, and are matched by a yes.
"""

from __future__ import annotations

from anso.kernel.eligibility import Rule, RuleSet
from anso.kernel.questions import Audience
from anso.kernel.terms import Benefit, EntryKind, EntryNouns, Intake, Publication
from anso.kernel.wording import CountedText
from anso.programmes.catalogue.bank import LDC, both, without_readers
from anso.programmes.catalogue.judging import criterion, open_rubric
from anso.programmes.catalogue.need.form import FORM
from anso.programmes.kinds import ApplicantKind, ProgrammeKind, StagePlan, Window
from anso.programmes.outcomes import Pairing
from anso.programmes.outcomes.pairing import POINTS

RULES = RuleSet(
    "programme",
    both("Rules for needs", "قواعد الاحتياجات"),
    (
        Rule(
            "U1",
            "answer_one_of",
            both(
                "A university or a public research institute hosts.",
                "المضيف جامعة أو معهد بحثي عام.",
            ),
            {"fact": "host_is", "values": ["university", "institute"]},
            "Strategic plan, section 3.9",
        ),
        Rule(
            "U2",
            "answer_is",
            both(
                "The need is the host's own: the department that will host has agreed.",
                "الاحتياج احتياج المضيف نفسه: وافق القسم الذي سيستضيف.",
            ),
            {"fact": "asked_by_host", "value": True},
            "Model: Academics Without Borders, where projects come from the host",
        ),
        Rule(
            "U3",
            "count_at_most",
            both(
                "Flights and visa of one person cost at most 5,000 US dollars.",
                "لا تتجاوز كلفة تذاكر السفر والتأشيرة لشخص واحد 5,000 دولار أمريكي.",
            ),
            {"fact": "travel_cost", "most": 5000},
            "Model: volunteer lecturers of the International Mathematical Union",
        ),
        Rule(
            "U4",
            "answer_is",
            both(
                "The host pays for room and meals of whoever comes.",
                "يتحمل المضيف سكن من يأتي ووجباته.",
            ),
            {"fact": "pays_on_site", "value": True},
            "Model: Senior Experten Service",
        ),
        Rule(
            "U5",
            "day_on_or_after",
            both(
                "There is time after the closing day: the last day lies behind it.",
                "يبقى وقت بعد آخر يوم للتقديم: فاليوم الأخير للعمل يأتي بعده.",
            ),
            {"fact": "until_day", "day": "closing"},
            "model: ours",
        ),
    ),
)

RUBRIC = open_rubric(
    criterion(
        "need",
        both("Need", "الحاجة"),
        "0.4",
        both("What is missing, and for how many students.", "ما الذي ينقص ولكم من الطلاب."),
    ),
    criterion(
        "lasting",
        both("What stays", "ما يبقى"),
        "0.3",
        both("Who goes on with it afterwards.", "من يواصله بعد ذلك."),
    ),
    criterion(
        "hosting",
        both("Hosting", "الاستضافة"),
        "0.3",
        both(
            "Who prepares it, what is provided, safety.",
            "من يحضّره وما الذي يُقدَّم والسلامة.",
        ),
    ),
    reviews_each=1,
)

NOUNS = EntryNouns(
    counted=CountedText(
        {
            "en": {"one": "%(n)s need", "other": "%(n)s needs"},
            "ar": {
                "zero": "%(n)s احتياج",
                "one": "احتياج واحد",
                "two": "احتياجان",
                "few": "%(n)s احتياجات",
                "many": "%(n)s احتياجًا",
                "other": "%(n)s احتياج",
            },
        }
    ),
    noun=both("need", "احتياج"),
    heading=both("Need", "الاحتياج"),
    your=both("your need", "احتياجك"),
    yours=both("Your need", "احتياجك"),
    start=both("State a need", "اذكر احتياجًا"),
    start_yours=both("State your need", "اذكر احتياجك"),
    plural=both("Needs", "الاحتياجات"),
    person=both("Host", "المضيف"),
    who=both("Who may state a need", "من يمكنه ذكر احتياج"),
    check=both("Can my university state a need?", "هل يمكن لجامعتي ذكر احتياج؟"),
    question=both("Can you state a need?", "هل يمكنك ذكر احتياج؟"),
    may=both("You can state a need.", "يمكنك ذكر احتياج."),
    may_not=both("You cannot state a need here.", "لا يمكنك ذكر احتياج هنا."),
)

NEED = ProgrammeKind(
    code="need",
    name=both("Experts for Universities", "خبراء للجامعات"),
    summary=both(
        "A university says what it needs; experts who offer their time are found for it.",
        "تذكر الجامعة ما تحتاجه، ويُبحث لها عن خبراء يعرضون وقتهم.",
    ),
    plan_section="3.9",
    division="capacity-building",
    number_code="U",
    applicant=ApplicantKind.ORGANISATION,
    entry=EntryKind.PROPOSAL,
    nouns=NOUNS,
    outcome=Pairing(
        20,
        both("Needs for which an expert is sought", "احتياجات يُبحث لها عن خبير"),
        seeks="volunteer",
        most_open=3,
        points=POINTS,
        safeguarding="Safeguarding officer of the alliance <safeguarding@alliance.example>",
    ),
    window=Window(opens="intake-01-01", closes="intake-03-31", zone="Asia/Shanghai"),
    intake=Intake(cut_offs=("03-31", "06-30", "09-30", "12-31"), with_others=True),
    stages=(
        StagePlan("needs", "applications", both("Needs", "الاحتياجات")),
        StagePlan("scoping", "screening", both("Scoping", "تحديد النطاق"), after=1, lasts=14),
        StagePlan("review", "review", both("Opinions", "الآراء"), after=15, lasts=14),
        StagePlan("panel", "panel", both("Panel meeting", "اجتماع اللجنة"), after=30, lasts=2),
        StagePlan("decision", "decision", both("Decision", "القرار"), after=33, lasts=3),
        StagePlan("release", "release", both("Answers", "الأجوبة"), after=37, lasts=1),
        StagePlan("matching", "offers", both("Matching", "المواءمة"), after=37, lasts=120),
    ),
    entries_each=5,
    form=without_readers(FORM, Audience.HOSTS, Audience.WRITERS),
    check_keys=("host_is", "pays_on_site", "travel_cost", "until_day"),
    rule_sets=(RULES,),
    rubric=RUBRIC,
    groups=(LDC,),
    figures=("LDC",),
    benefits=(
        Benefit(
            "expert",
            both("An expert's time, unpaid", "وقت خبير، دون أجر"),
            both("The expert", "الخبير"),
        ),
        Benefit(
            "stay",
            both("Room, meals and transport on site", "السكن والوجبات والنقل المحلي"),
            both("The host", "المضيف"),
        ),
    ),
    offer_days=30,
    publishes=Publication.FIGURES,
    sources={
        "rules": "Models: Academics Without Borders, International Mathematical Union, SES",
        "points": "model: the weights are ours; profile, language and place drive such services",
        "most_open": "model: ours, against mass requests, as AuthorAID reports them",
        "safeguarding": "model: ours",
        "benefits.expert": "Model: Senior Experten Service, whose experts are unpaid",
        "benefits.stay": "Model: Senior Experten Service, where the partner on site pays it",
        "window": "model; the plan knows no window, so it stays open, with four batches a year",
        "stages": "model",
        "rubric": "model: weights and scale are ours",
        "offer_days": "model",
        "publishes": "model: ours; who needs what is shown to experts alone",
    },
)
