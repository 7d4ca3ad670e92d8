"""What is asked of a member that wants to hold a training course."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import ColumnKind, Form, Limit, Meaning, Question, Section, TableColumn
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.asking import line, number, partners, prose, requested
from anso.programmes.catalogue.bank import JUDGES, PANEL, WRITERS, both, options

COURSE = Section(
    "course",
    both("The course", "الدورة"),
    (
        line(
            "title",
            both("Title of the course", "عنوان الدورة"),
            readers=JUDGES + WRITERS,
            means=(Meaning.TITLE,),
        ),
        Question(
            "topic",
            "choice",
            both("Topic", "الموضوع"),
            who_sees=JUDGES,
            options=options(
                (
                    "quality",
                    "Quality assurance in higher education",
                    "ضمان الجودة في التعليم العالي",
                ),
                ("learning", "Interactive learning", "التعلم التفاعلي"),
                ("governance", "Governance of science", "حوكمة العلوم"),
                ("ethics", "Ethics of science", "أخلاقيات العلوم"),
                ("policy", "Science policy", "السياسات العلمية"),
                ("methods", "Methods of a field of research", "أساليب أحد مجالات البحث"),
                ("other", "Another topic", "موضوع آخر"),
            ),
        ),
        bank.KEYWORDS,
        prose(
            "need",
            both("Why it is needed", "سبب الحاجة إليها"),
            hint=both(
                "Who cannot do what today, and what they will be able to do.",
                "من الذي لا يستطيع فعل ماذا اليوم، وما الذي سيستطيع فعله.",
            ),
            least=80,
            most=500,
            means=(Meaning.ABSTRACT,),
        ),
        prose(
            "programme",
            both("Programme by day", "البرنامج اليومي"),
            hint=both(
                "Lectures, exercises, excursions; what is hands-on.",
                "المحاضرات والتمارين والزيارات؛ وما هو تطبيقي منها.",
            ),
            most=1000,
        ),
        line(
            "research_project",
            both("Research project it belongs to", "مشروع البحث الذي ترتبط به"),
            hint=both(
                "The number of its proposal, if the alliance supports it.",
                "رقم مقترحه إن كان التحالف يدعمه.",
            ),
            required=False,
            most=100,
            means=(Meaning.PROJECT,),
        ),
        Question(
            "lecturers",
            "table",
            both("Lecturers", "المحاضرون"),
            who_sees=JUDGES,
            limit=Limit.of("entries", least=1, most=30),
            columns=(
                TableColumn("name", both("Name", "الاسم"), required=True),
                TableColumn("organisation", both("Organisation", "المنظمة"), required=True),
                TableColumn("country", both("Country", "البلد"), ColumnKind.COUNTRY, required=True),
                TableColumn(
                    "answer",
                    both("Asked", "الطلب"),
                    ColumnKind.CHOICE,
                    required=True,
                    options=options(
                        ("agreed", "has agreed", "وافق"),
                        ("asked", "is asked", "طُلب منه"),
                        ("wanted", "not asked yet", "لم يُطلب منه بعد"),
                    ),
                ),
            ),
        ),
    ),
)

TRAINEES = Section(
    "trainees",
    both("Who comes", "من يشارك"),
    (
        prose(
            "profile",
            both("Whom it is for", "لمن هي"),
            hint=both(
                "Degree, profession, what they must know before.",
                "الشهادة والمهنة وما يجب معرفته مسبقًا.",
            ),
            most=200,
        ),
        number(
            "trainees",
            both("How many trainees", "عدد المتدربين"),
            least=1,
            most=200,
            means=(Meaning.PLACES,),
        ),
        number(
            "foreign_trainees",
            both("Of them from other countries", "منهم من بلدان أخرى"),
            least=0,
            most=200,
        ),
        prose(
            "inclusion",
            both(
                "How women and people from least developed countries take part",
                "كيف تشارك النساء والقادمون من أقل البلدان نموًا",
            ),
            most=200,
        ),
    ),
)

WHERE_AND_WHEN = Section(
    "where_and_when",
    both("Where and when", "أين ومتى"),
    (
        Question(
            "course_country",
            "country",
            both("Country where it is held", "البلد الذي تُعقد فيه"),
            who_sees=JUDGES,
            means=(Meaning.HELD_COUNTRY,),
        ),
        line(
            "city",
            both("City", "المدينة"),
            most=100,
            means=(Meaning.HELD_CITY,),
        ),
        Question(
            "starts_on",
            "date",
            both("First day", "اليوم الأول"),
            who_sees=JUDGES,
            means=(Meaning.FIRST_DAY,),
        ),
        number(
            "days",
            both("How many days", "عدد الأيام"),
            least=1,
            most=90,
            means=(Meaning.DAYS,),
        ),
        line(
            "language",
            both("Language it is taught in", "لغة التدريس"),
            most=60,
            means=(Meaning.SPOKEN,),
        ),
        prose(
            "equipment",
            both("Rooms, computers, data and network", "القاعات والحواسيب والبيانات والشبكة"),
            hint=both(
                "How many work at once, and whether the line carries them.",
                "كم شخصًا يعمل في الوقت نفسه وهل تتحمل الشبكة ذلك.",
            ),
            most=200,
        ),
        prose(
            "safety",
            both("Whom trainees turn to", "إلى من يلجأ المتدربون"),
            hint=both(
                "In illness, in danger, when somebody behaves badly: names are told later.",
                "عند المرض أو الخطر أو سوء التصرف: تُذكر الأسماء لاحقًا.",
            ),
            readers=PANEL,
            most=150,
        ),
    ),
)

HOSTS = Section(
    "hosts",
    both("Who holds it", "الجهات المنظمة"),
    (
        replace(bank.FULL_NAME, means=(Meaning.APPLICANT_NAME,)),
        *bank.organisation_and_country(
            both("Host", "الجهة المضيفة"), both("Country of the host", "بلد الجهة المضيفة")
        ),
        Question(
            "in_charge",
            "person",
            both("Director of the course", "مدير الدورة"),
            who_sees=JUDGES,
            means=(Meaning.IN_CHARGE,),
        ),
        partners(
            both("Joint institutions", "المؤسسات المشاركة"),
            both("Those that hold it with you, if any.", "من يشارككم التنظيم، إن وُجد."),
            most=10,
            is_required=False,
        ),
    ),
)

MONEY = Section(
    "money",
    both("Money", "المال"),
    (
        requested(400_000),
        number(
            "own_share",
            both("Brought by the hosts, in CNY", "مساهمة الجهات المضيفة، باليوان"),
            least=0,
            most=10_000_000,
        ),
        prose(
            "costs",
            both("What it is spent on", "أوجه الإنفاق"),
            hint=both(
                "Travel, lodging and meals of trainees and lecturers, rooms, materials.",
                "السفر والإقامة ووجبات المتدربين والمحاضرين والقاعات والمواد.",
            ),
            most=300,
        ),
    ),
)

FORM = Form(
    (COURSE, TRAINEES, WHERE_AND_WHEN, HOSTS, MONEY, bank.DECLARATIONS),
    label=both("Proposal of a course", "مقترح دورة"),
)
