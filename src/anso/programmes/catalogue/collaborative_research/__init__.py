"""Collaborative research (strategic plan 3.4): projects of consortia, in two steps."""

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
from anso.programmes.catalogue.collaborative_research.form import (
    FULL_FORM,
    OUTLINE_FORM,
    REBUTTAL_FORM,
)
from anso.programmes.catalogue.collaborative_research.letters import PARTNER_FORM, PARTNER_WORDS
from anso.programmes.catalogue.judging import criterion, open_rubric
from anso.programmes.kinds import ApplicantKind, ProgrammeKind, StagePlan, Window
from anso.programmes.outcomes import Grant

RULES = RuleSet(
    "programme",
    both("Rules of the programme", "قواعد البرنامج"),
    (
        Rule(
            "R1",
            "count_at_least",
            both("At least three organisations work together.", "تتعاون ثلاث منظمات على الأقل."),
            {"fact": "partner_organisations", "least": 3},
            "Model: BRICS framework programme, 2017",
        ),
        Rule(
            "R2",
            "count_at_least",
            both("They come from at least three countries.", "تنتمي إلى ثلاثة بلدان على الأقل."),
            {"fact": "partner_countries", "least": 3},
            "Model: BRICS framework programme, 2017",
        ),
        Rule(
            "R3",
            "count_at_least",
            both(
                "At least two of them are members of the alliance.",
                "اثنتان منها على الأقل عضوان في التحالف.",
            ),
            {"fact": "partner_members", "least": 2},
            "Model: ours, after the plan's cooperation among members",
        ),
        Rule(
            "R4",
            "amount_at_least",
            both(
                "The partners bring at least as much as they request.",
                "يساهم الشركاء بقدر ما يطلبون على الأقل.",
            ),
            {"fact": "matching", "other": "requested"},
            "Model: joint projects of CAS and CSIRO, 2021",
        ),
        Rule(
            "R5",
            "countries_in_class",
            both(
                "A partner in a least developed country is favoured.",
                "تُعطى الأولوية لوجود شريك في أحد أقل البلدان نموًا.",
            ),
            {"fact": "partner_countries", "class": "LDC", "least": 1},
            "Model: ours, after the plan's focus on the Global South",
            standard=Standard.FAVOURED,
        ),
    ),
)

COLLABORATIVE_RESEARCH = ProgrammeKind(
    code="collaborative_research",
    name=both("Collaborative Research", "البحث التعاوني"),
    summary=both(
        "Joint projects of members and partners on major regional and global challenges.",
        "مشاريع مشتركة للأعضاء والشركاء بشأن التحديات الإقليمية والعالمية الكبرى.",
    ),
    plan_section="3.4",
    division="science-planning",
    number_code="R",
    applicant=ApplicantKind.CONSORTIUM,
    entry=EntryKind.PROPOSAL,
    outcome=Grant(
        most=5,
        budget=Decimal(5_000_000),
        most_each=Decimal(1_000_000),
        currency="CNY",
        label=both("Projects", "المشاريع"),
    ),
    window=Window(opens="intake-1-12-29", closes="intake-03-29", zone="Asia/Shanghai"),
    intake=Intake(with_others=True),
    stages=(
        StagePlan("outlines", "applications", both("Outlines", "الملخصات")),
        StagePlan(
            "screening", "screening", both("Eligibility check", "فحص الأهلية"), after=1, lasts=14
        ),
        StagePlan(
            "outline_review",
            "review",
            both("Review of outlines", "تحكيم الملخصات"),
            after=15,
            lasts=21,
            rubric="outline",
        ),
        StagePlan(
            "full_proposals",
            "applications",
            both("Full proposals", "المقترحات الكاملة"),
            after=40,
            lasts=42,
            form="full_proposal",
        ),
        StagePlan(
            "completeness",
            "screening",
            both("Check of full proposals", "فحص المقترحات الكاملة"),
            after=82,
            lasts=7,
        ),
        StagePlan("review", "review", both("Review", "التحكيم"), after=89, lasts=30),
        StagePlan(
            "answers",
            "rebuttal",
            both("Answers to reviewers", "الردود على المحكّمين"),
            after=119,
            lasts=10,
            form="rebuttal",
        ),
        StagePlan(
            "defence",
            "panel",
            both("Defence before the panel", "المناقشة أمام اللجنة"),
            after=135,
            lasts=3,
        ),
        StagePlan("decision", "decision", both("Decision", "القرار"), after=140, lasts=7),
        StagePlan("release", "release", both("Results", "النتائج"), after=150, lasts=1),
        StagePlan("agreements", "offers", both("Agreements", "الاتفاقيات"), after=150, lasts=61),
    ),
    form=without_readers(OUTLINE_FORM, Audience.HOSTS),
    further_forms={
        "full_proposal": without_readers(FULL_FORM, Audience.HOSTS),
        "rebuttal": without_readers(REBUTTAL_FORM, Audience.HOSTS, Audience.WRITERS),
    },
    groups=(LDC,),
    figures=("LDC",),
    letters=(agreement("partner", ("partners",), PARTNER_WORDS, PARTNER_FORM, days=14),),
    check_keys=("organisation", "citizenship", "partners", "requested", "matching"),
    rule_sets=(RULES,),
    rubric=open_rubric(
        criterion(
            "science",
            both("Scientific quality", "الجودة العلمية"),
            "0.4",
            both("New, sound and feasible.", "جديد وسليم وقابل للتنفيذ."),
        ),
        criterion(
            "partnership",
            both("Partnership", "الشراكة"),
            "0.3",
            both("Every partner is needed, gives and gains.", "كل شريك ضروري، يعطي ويستفيد."),
        ),
        criterion(
            "benefit",
            both("Benefit", "الفائدة"),
            "0.2",
            both("Who is better off, and how that will be known.", "من يستفيد وكيف سيُعرف ذلك."),
        ),
        criterion(
            "plan",
            both("Plan and budget", "الخطة والميزانية"),
            "0.1",
            both("Realistic in time and money.", "واقعية في الوقت والمال."),
        ),
        reviews_each=4,
    ),
    further_rubrics={
        "outline": open_rubric(
            criterion(
                "idea",
                both("Idea", "الفكرة"),
                "0.6",
                both("Worth a full proposal.", "تستحق مقترحًا كاملًا."),
            ),
            criterion(
                "partnership",
                both("Partnership", "الشراكة"),
                "0.4",
                both("The right partners for it.", "الشركاء المناسبون لها."),
            ),
            reviews_each=2,
        )
    },
    benefits=(
        Benefit(
            "grant",
            both(
                "Grant of what is requested, for up to three years, at most",
                "منحة بقدر المطلوب، لمدة تصل إلى ثلاث سنوات، وبحد أقصى",
            ),
            both("The alliance", "التحالف"),
            Decimal(1_000_000),
            "CNY",
            "once",
        ),
    ),
    offer_days=60,
    publishes=Publication.NAMES,
    appeals_days=30,
    sources={
        "letters.partner": "model: ours, so that nobody is named without knowing",
        "focus_area": "Strategic plan, sections 2.4 and 3.4",
        "goals": "United Nations General Assembly, resolution 70/1, 2015; at most three: ours",
        "budget": (
            "Model: joint projects of CAS and CSIRO, 2021, for the ceiling and for as much from the"
            " partners; at most 30 % for equipment: ours"
        ),
        "grants": "Model: joint projects of CAS and CSIRO, 2021: five projects",
        "benefits.grant": (
            "Model: joint projects of CAS and CSIRO, 2021: 1 million CNY over three years"
        ),
        "window": "Model: joint call with Chile, 29 December 2023 to 29 March 2024",
        "stages": (
            "Two steps: model, Asia-Pacific Network; panel defence: flagship programme of October"
            " 2021"
        ),
        "rubrics.outline": "model: two reviews of an outline, by its idea and its partners",
        "rubric": "Four reviews each: model, joint call with Chile; weights and scale are ours",
        "offer_days": "model",
        "appeals_days": "model: ours; a consortium needs longer to agree",
        "publishes": "model: funders list the projects they pay for, with who leads them",
    },
)
