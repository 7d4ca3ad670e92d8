"""What the prize asks of nominators, nominees and supporters."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.citizenships import STATELESS, UNSETTLED
from anso.kernel.questions import Audience, Equals, Form, Limit, Meaning, OneOf, Question, Section
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.bank import JUDGES, OFFICE, PANEL, PDF, WRITERS, both, options

LEVELS = (
    ("lifetime", "Lifetime Achievement Award", "جائزة الإنجاز مدى الحياة"),
    ("contribution", "Outstanding Contribution Award", "جائزة الإسهام المتميز"),
    ("women", "Outstanding Women Award", "جائزة المرأة المتميزة"),
    ("youth", "Youth Leader Award", "جائزة القيادات الشابة"),
    ("coordination", "Cooperation Coordination Award", "جائزة تنسيق التعاون"),
    (
        "organisation_contribution",
        "Outstanding Contribution Award for organisations",
        "جائزة الإسهام المتميز للمنظمات",
    ),
    (
        "organisation_progress",
        "Outstanding Progress Award for organisations",
        "جائزة التقدم المتميز للمنظمات",
    ),
)
PERSONS = ("lifetime", "contribution", "women", "youth", "coordination")

FOR_PERSONS = OneOf("level", PERSONS)

NOMINATION = Section(
    "nomination",
    both("The nomination", "الترشيح"),
    (
        Question(
            "level",
            "choice",
            both("Award", "الجائزة"),
            who_sees=(*JUDGES, Audience.PUBLIC),
            options=options(*LEVELS),
            means=(Meaning.CATEGORY,),
        ),
        Question(
            "title",
            "text",
            both("Who is nominated", "اسم المرشح"),
            hint=both(
                "The full name of the person or organisation.", "الاسم الكامل للشخص أو المنظمة."
            ),
            who_sees=JUDGES + WRITERS,
            limit=Limit.of("characters", most=200),
            means=(
                Meaning.SUBJECT_NAME,
                Meaning.TITLE,
            ),
        ),
        Question(
            "citation",
            "text",
            both("Citation", "نص التقدير"),
            hint=both(
                "What the prize would be for, in 20 to 25 words.",
                "سبب منح الجائزة في 20 إلى 25 كلمة.",
            ),
            who_sees=(*JUDGES, Audience.PUBLIC),
            limit=Limit.of("words", least=20, most=25),
            means=(Meaning.CITATION,),
        ),
        Question(
            "achievement",
            "longtext",
            both("Achievement in cooperation", "الإنجاز في مجال التعاون"),
            hint=both(
                "What was achieved across regions, sectors or disciplines.",
                "ما تحقق عبر المناطق أو القطاعات أو التخصصات.",
            ),
            who_sees=JUDGES,
            limit=Limit.of("words", least=200, most=1000),
            means=(Meaning.ABSTRACT,),
        ),
        Question(
            "evidence",
            "longtext",
            both("Evidence", "الأدلة"),
            hint=both(
                "Up to ten works or results with links.", "حتى عشرة أعمال أو نتائج مع روابطها."
            ),
            who_sees=JUDGES,
            limit=Limit.of("words", most=500),
            means=(Meaning.PUBLICATIONS,),
        ),
        bank.SUBJECT,
    ),
)

NOMINEE = Section(
    "nominee",
    both("The nominee", "المرشح"),
    (
        Question(
            "nominee",
            "person",
            both(
                "The nominee, or a contact at the organisation", "المرشح أو جهة الاتصال في المنظمة"
            ),
            why=both(
                "They are asked to agree by the closing day; without that the nomination does not"
                " count.",
                "تُطلب موافقته قبل آخر يوم؛ وبدونها لا يُعتد بالترشيح.",
            ),
            who_sees=PANEL,
            means=(Meaning.SUBJECT_CONTACT,),
        ),
        Question(
            "nominee_organisation",
            "text",
            both("Organisation of the nominee", "منظمة المرشح"),
            who_sees=(*PANEL, Audience.PUBLIC),
            limit=Limit.of("characters", most=200),
            means=(Meaning.ORGANISATION,),
        ),
        Question(
            "citizenship",
            "country",
            both("Country of the nominee", "بلد المرشح"),
            who_sees=PANEL,
            means=(Meaning.COUNTRY,),
            also=(STATELESS, UNSETTLED),
        ),
        Question(
            "nominee_gender",
            "choice",
            both("Gender of the nominee", "جنس المرشح"),
            who_sees=bank.OFFICE,
            condition=FOR_PERSONS,
            options=bank.GENDER.options,
            is_sensitive=True,
            means=(Meaning.GENDER,),
        ),
        Question(
            "highest_degree_on",
            "date",
            both("Highest degree awarded on", "تاريخ منح أعلى شهادة"),
            who_sees=PANEL,
            condition=Equals("level", "youth"),
        ),
        Question(
            "cv",
            "file",
            both("Curriculum vitae or profile", "السيرة الذاتية أو نبذة"),
            who_sees=PANEL,
            file=PDF,
        ),
    ),
)

NOMINATOR = Section(
    "nominator",
    both("You, the nominator", "أنت، مقدم الترشيح"),
    (
        replace(bank.FULL_NAME, means=(Meaning.APPLICANT_NAME,)),
        Question(
            "nominator_organisation",
            "text",
            both("Your organisation", "منظمتك"),
            why=both(
                "Nobody nominates themselves or their own institution.",
                "لا يرشح أحد نفسه أو مؤسسته.",
            ),
            who_sees=OFFICE,
            limit=Limit.of("characters", most=200),
            means=(Meaning.APPLICANT_ORGANISATION,),
        ),
    ),
)

SUPPORTERS = Section(
    "supporters",
    both("Letters of support", "رسائل الدعم"),
    tuple(
        Question(
            f"supporter_{position}",
            "person",
            both(en, ar),
            hint=both(
                "Not related to the nominee, and of another organisation.",
                "لا تربطه صلة بالمرشح ومن منظمة أخرى.",
            ),
            who_sees=JUDGES,
        )
        for position, en, ar in (
            (1, "First supporter", "الداعم الأول"),
            (2, "Second supporter", "الداعم الثاني"),
        )
    ),
)

FORM = Form(
    (
        NOMINATION,
        NOMINEE,
        NOMINATOR,
        SUPPORTERS,
        bank.DECLARATIONS,
    ),
    label=both("Nomination", "الترشيح"),
)
