"""What collaborative research asks of consortia: an outline first, then a full proposal."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import Equals, Form, Limit, Meaning, Question, Section
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.asking import line, number, partners, prose, requested
from anso.programmes.catalogue.bank import (
    AGREEING,
    DECLARATIONS,
    JUDGES,
    PANEL,
    WRITERS,
    both,
)
from anso.programmes.catalogue.collaborative_research.plan import BUDGET, WORK_PLAN
from anso.programmes.catalogue.vocabularies import FOCUS_AREAS, GOALS

PROJECT = Section(
    "project",
    both("The project", "المشروع"),
    (
        line(
            "title",
            both("Title of the project", "عنوان المشروع"),
            readers=JUDGES + WRITERS,
            means=(Meaning.TITLE,),
        ),
        bank.KEYWORDS,
        Question(
            "focus_area",
            "choice",
            both("Focus area", "مجال التركيز"),
            who_sees=JUDGES,
            options=FOCUS_AREAS,
        ),
        Question(
            "goals",
            "multichoice",
            both(
                "Sustainable Development Goals that the project serves",
                "أهداف التنمية المستدامة التي يخدمها المشروع",
            ),
            hint=both("At most three.", "ثلاثة على الأكثر."),
            who_sees=JUDGES,
            limit=Limit.of("choices", least=1, most=3),
            options=GOALS,
        ),
        prose(
            "outline",
            both("Outline", "الملخص"),
            hint=both(
                "The problem, the approach, and why it takes these partners.",
                "المشكلة والمنهج ولماذا هؤلاء الشركاء.",
            ),
            readers=JUDGES + AGREEING,
            least=200,
            most=800,
            means=(Meaning.ABSTRACT,),
        ),
        prose(
            "benefit",
            both("Who benefits, and how that will be known", "من يستفيد وكيف سيُعرف ذلك"),
            most=300,
        ),
        number(
            "duration_months",
            both("Duration in months", "المدة بالأشهر"),
            least=12,
            most=36,
            means=(Meaning.DURATION,),
        ),
    ),
)

CONSORTIUM = Section(
    "consortium",
    both("The consortium", "الاتحاد"),
    (
        replace(bank.FULL_NAME, means=(Meaning.APPLICANT_NAME,)),
        line(
            "organisation",
            both("Organisation that leads the project", "المنظمة التي تقود المشروع"),
            means=(Meaning.APPLICANT_ORGANISATION,),
        ),
        Question(
            "citizenship",
            "country",
            both("Country of that organisation", "بلد تلك المنظمة"),
            who_sees=JUDGES,
            means=(Meaning.COUNTRY,),
        ),
        partners(
            both("Partners", "الشركاء"),
            both(
                "Every other organisation that takes part: its country, a person there, and what"
                " they do.",
                "كل منظمة أخرى مشاركة: بلدها وشخص فيها وما تقوم به.",
            ),
            most=29,
        ),
    ),
)

MONEY = Section(
    "money",
    both("Money", "المال"),
    (
        requested(1_000_000),
        number(
            "matching",
            both("Brought by the partners, in CNY", "مساهمة الشركاء، باليوان"),
            hint=both("At least as much as you request.", "بقدر المطلوب على الأقل."),
            least=0,
            most=100_000_000,
        ),
    ),
)

OUTLINE_FORM = Form((PROJECT, CONSORTIUM, MONEY, DECLARATIONS), label=both("Outline", "الملخص"))

# The full proposal asks again what the outline asked: answers carry by their keys, and what is
# judged, ranked and listed is read from one text.
FULL_FORM = Form(
    (
        PROJECT,
        CONSORTIUM,
        MONEY,
        Section(
            "plan",
            both("Work plan", "خطة العمل"),
            (
                prose(
                    "state_of_knowledge",
                    both("What is known", "ما هو معروف"),
                    most=1000,
                ),
                prose(
                    "methods",
                    both("Methods and work packages", "الأساليب وحزم العمل"),
                    most=2500,
                ),
                WORK_PLAN,
                BUDGET,
            ),
        ),
        Section(
            "conduct",
            both("Conduct", "السلوك"),
            (
                Question(
                    "has_ethics_questions",
                    "yesno",
                    both(
                        "Does the work involve people, animals or personal data?",
                        "هل يشمل العمل أشخاصًا أو حيوانات أو بيانات شخصية؟",
                    ),
                    who_sees=JUDGES,
                ),
                prose(
                    "ethics",
                    both("How they are protected", "كيف تُحمى"),
                    condition=Equals("has_ethics_questions", True),
                    most=400,
                ),
                prose(
                    "property",
                    both(
                        "Agreement on intellectual property and data",
                        "الاتفاق على الملكية الفكرية والبيانات",
                    ),
                    readers=PANEL,
                    most=500,
                ),
            ),
        ),
        DECLARATIONS,
    ),
    label=both("Full proposal", "المقترح الكامل"),
)

REBUTTAL_FORM = Form(
    (
        Section(
            "answer",
            both("Your answer", "ردّك"),
            (
                prose(
                    "answer",
                    both("Answer to the reviewers", "الرد على المحكّمين"),
                    hint=both(
                        "Correct what was misread; nothing new can be added to the proposal.",
                        "صحّح ما أُسيء فهمه؛ لا يمكن إضافة شيء جديد إلى المقترح.",
                    ),
                    readers=PANEL,
                    most=800,
                ),
            ),
        ),
    ),
    label=both("Answer to reviewers", "الرد على المحكّمين"),
)
