"""What field schools ask: a letter of intent, then a full plan that asks for more."""

from __future__ import annotations

from anso.kernel.questions import Audience, Form, Limit, Meaning, Question, Section
from anso.kernel.wording import both

OFFICE = (Audience.OFFICERS,)
PANEL = (Audience.OFFICERS, Audience.PANEL)
JUDGES = (*PANEL, Audience.REVIEWERS)
WRITERS = (Audience.WRITERS,)
SHORT = Limit.of("characters", most=200)

SCHOOL = Section(
    "school",
    both("The school", "المدرسة"),
    (
        Question(
            "name_of_school",
            "text",
            both("Name of the school", "اسم المدرسة"),
            who_sees=JUDGES + WRITERS,
            limit=SHORT,
            means=(Meaning.TITLE,),
        ),
        Question(
            "terrain",
            "longtext",
            both("Terrain and season", "التضاريس والموسم"),
            who_sees=JUDGES,
            limit=Limit.of("words", most=300),
            means=(Meaning.ABSTRACT,),
        ),
        Question(
            "held_in",
            "country",
            both("Country in which it is held", "البلد الذي تُعقد فيه"),
            who_sees=JUDGES,
            means=(Meaning.COUNTRY,),
        ),
        Question(
            "permits",
            "text",
            both("State of the permits", "حالة التصاريح"),
            who_sees=OFFICE,
            limit=SHORT,
        ),
        Question(
            "word_to_jury", "text", both("A word to the jury", "كلمة إلى اللجنة"), who_sees=PANEL,
            limit=SHORT,
        ),
    ),
)  # fmt: skip

DIRECTOR = Section(
    "director",
    both("The director", "المدير"),
    (
        Question(
            "who_directs",
            "text",
            both("Name of the director", "اسم المدير"),
            who_sees=PANEL,
            limit=SHORT,
            means=(Meaning.SUBJECT_NAME,),
        ),
        Question(
            "reach_director",
            "person",
            both("How we reach the director", "كيف نصل إلى المدير"),
            who_sees=PANEL,
            means=(Meaning.SUBJECT_CONTACT,),
        ),
        Question(
            "employer_of_director",
            "text",
            both("Where the director works", "أين يعمل المدير"),
            who_sees=PANEL,
            limit=SHORT,
            means=(Meaning.ORGANISATION,),
        ),
    ),
)

CONSORTIUM = Section(
    "consortium",
    both("Who organises it", "من ينظمها"),
    (
        Question(
            "contact_name",
            "text",
            both("Your name", "اسمك"),
            who_sees=PANEL + WRITERS,
            limit=SHORT,
            means=(Meaning.APPLICANT_NAME,),
        ),
        Question(
            "organiser",
            "text",
            both("Your organisation", "منظمتك"),
            who_sees=PANEL,
            limit=SHORT,
            means=(Meaning.APPLICANT_ORGANISATION,),
        ),
        Question(
            "co_organisers",
            "partners",
            both("Co-organisers", "المنظمون المشاركون"),
            who_sees=PANEL,
            limit=Limit.of("entries", least=1, most=8),
            means=(Meaning.PARTNERS,),
        ),
    ),
)

PLAN = Section(
    "plan",
    both("The plan", "الخطة"),
    (
        Question(
            "days_in_the_field",
            "longtext",
            both("Day by day", "يومًا بيوم"),
            who_sees=JUDGES,
            limit=Limit.of("words", most=800),
        ),
        Question(
            "rescue",
            "text",
            both("Who comes when somebody is hurt", "من يأتي عند الإصابة"),
            who_sees=JUDGES,
            limit=SHORT,
        ),
    ),
)

INTENT_FORM = Form((SCHOOL, DIRECTOR, CONSORTIUM), label=both("Letter of intent", "خطاب النوايا"))
PLAN_FORM = Form((SCHOOL, DIRECTOR, CONSORTIUM, PLAN), label=both("Full plan", "الخطة الكاملة"))
