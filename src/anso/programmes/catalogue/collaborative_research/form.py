"""What collaborative research asks of consortia: an outline first, then a full proposal."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import Equals, Form, Limit, Meaning, Question, Section
from anso.programmes.catalogue import bank
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
        Question(
            "title",
            "text",
            both("Title of the project", "عنوان المشروع"),
            who_sees=JUDGES + WRITERS,
            limit=Limit.of("characters", most=200),
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
        Question(
            "outline",
            "longtext",
            both("Outline", "الملخص"),
            hint=both(
                "The problem, the approach, and why it takes these partners.",
                "المشكلة والمنهج ولماذا هؤلاء الشركاء.",
            ),
            who_sees=JUDGES + AGREEING,
            limit=Limit.of("words", least=200, most=800),
            means=(Meaning.ABSTRACT,),
        ),
        Question(
            "benefit",
            "longtext",
            both("Who benefits, and how that will be known", "من يستفيد وكيف سيُعرف ذلك"),
            who_sees=JUDGES,
            limit=Limit.of("words", most=300),
        ),
        Question(
            "duration_months",
            "number",
            both("Duration in months", "المدة بالأشهر"),
            who_sees=JUDGES,
            limit=Limit.of("number", least=12, most=36),
            means=(Meaning.DURATION,),
        ),
    ),
)

CONSORTIUM = Section(
    "consortium",
    both("The consortium", "الاتحاد"),
    (
        replace(bank.FULL_NAME, means=(Meaning.APPLICANT_NAME,)),
        Question(
            "organisation",
            "text",
            both("Organisation that leads the project", "المنظمة التي تقود المشروع"),
            who_sees=JUDGES,
            limit=Limit.of("characters", most=200),
            means=(Meaning.APPLICANT_ORGANISATION,),
        ),
        Question(
            "citizenship",
            "country",
            both("Country of that organisation", "بلد تلك المنظمة"),
            who_sees=JUDGES,
            means=(Meaning.COUNTRY,),
        ),
        Question(
            "partners",
            "partners",
            both("Partners", "الشركاء"),
            hint=both(
                "Every other organisation that takes part: its country, a person there, and what"
                " they do.",
                "كل منظمة أخرى مشاركة: بلدها وشخص فيها وما تقوم به.",
            ),
            why=both(
                "Each is asked by mail to confirm; no account is needed.",
                "يُطلب من كل منها التأكيد بالبريد؛ ولا يلزم حساب.",
            ),
            who_sees=JUDGES,
            limit=Limit.of("entries", least=1, most=29),
            means=(Meaning.PARTNERS,),
        ),
    ),
)

MONEY = Section(
    "money",
    both("Money", "المال"),
    (
        Question(
            "requested",
            "number",
            both("Requested from the alliance, in CNY", "المطلوب من التحالف، باليوان"),
            who_sees=JUDGES,
            limit=Limit.of("number", least=1, most=1_000_000),
            means=(Meaning.REQUESTED,),
        ),
        Question(
            "matching",
            "number",
            both("Brought by the partners, in CNY", "مساهمة الشركاء، باليوان"),
            hint=both("At least as much as you request.", "بقدر المطلوب على الأقل."),
            who_sees=JUDGES,
            limit=Limit.of("number", least=0, most=100_000_000),
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
                Question(
                    "state_of_knowledge",
                    "longtext",
                    both("What is known", "ما هو معروف"),
                    who_sees=JUDGES,
                    limit=Limit.of("words", most=1000),
                ),
                Question(
                    "methods",
                    "longtext",
                    both("Methods and work packages", "الأساليب وحزم العمل"),
                    who_sees=JUDGES,
                    limit=Limit.of("words", most=2500),
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
                Question(
                    "ethics",
                    "longtext",
                    both("How they are protected", "كيف تُحمى"),
                    who_sees=JUDGES,
                    condition=Equals("has_ethics_questions", True),
                    limit=Limit.of("words", most=400),
                ),
                Question(
                    "property",
                    "longtext",
                    both(
                        "Agreement on intellectual property and data",
                        "الاتفاق على الملكية الفكرية والبيانات",
                    ),
                    who_sees=PANEL,
                    limit=Limit.of("words", most=500),
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
                Question(
                    "answer",
                    "longtext",
                    both("Answer to the reviewers", "الرد على المحكّمين"),
                    hint=both(
                        "Correct what was misread; nothing new can be added to the proposal.",
                        "صحّح ما أُسيء فهمه؛ لا يمكن إضافة شيء جديد إلى المقترح.",
                    ),
                    who_sees=PANEL,
                    limit=Limit.of("words", most=800),
                ),
            ),
        ),
    ),
    label=both("Answer to reviewers", "الرد على المحكّمين"),
)
