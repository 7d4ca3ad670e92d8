"""What is asked of a member that wants to hold a training course."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import ColumnKind, Form, Limit, Meaning, Question, Section, TableColumn
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.bank import JUDGES, PANEL, WRITERS, both, options

COURSE = Section(
    "course",
    both("The course", "الدورة"),
    (
        Question(
            "title",
            "text",
            both("Title of the course", "عنوان الدورة"),
            who_sees=JUDGES + WRITERS,
            limit=Limit.of("characters", most=200),
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
        Question(
            "need",
            "longtext",
            both("Why it is needed", "سبب الحاجة إليها"),
            hint=both(
                "Who cannot do what today, and what they will be able to do.",
                "من الذي لا يستطيع فعل ماذا اليوم، وما الذي سيستطيع فعله.",
            ),
            who_sees=JUDGES,
            limit=Limit.of("words", least=80, most=500),
            means=(Meaning.ABSTRACT,),
        ),
        Question(
            "programme",
            "longtext",
            both("Programme by day", "البرنامج اليومي"),
            hint=both(
                "Lectures, exercises, excursions; what is hands-on.",
                "المحاضرات والتمارين والزيارات؛ وما هو تطبيقي منها.",
            ),
            who_sees=JUDGES,
            limit=Limit.of("words", most=1000),
        ),
        Question(
            "research_project",
            "text",
            both("Research project it belongs to", "مشروع البحث الذي ترتبط به"),
            hint=both(
                "The number of its proposal, if the alliance supports it.",
                "رقم مقترحه إن كان التحالف يدعمه.",
            ),
            who_sees=JUDGES,
            required=False,
            limit=Limit.of("characters", most=100),
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
        Question(
            "profile",
            "longtext",
            both("Whom it is for", "لمن هي"),
            hint=both(
                "Degree, profession, what they must know before.",
                "الشهادة والمهنة وما يجب معرفته مسبقًا.",
            ),
            who_sees=JUDGES,
            limit=Limit.of("words", most=200),
        ),
        Question(
            "trainees",
            "number",
            both("How many trainees", "عدد المتدربين"),
            who_sees=JUDGES,
            limit=Limit.of("number", least=1, most=200),
        ),
        Question(
            "foreign_trainees",
            "number",
            both("Of them from other countries", "منهم من بلدان أخرى"),
            who_sees=JUDGES,
            limit=Limit.of("number", least=0, most=200),
        ),
        Question(
            "inclusion",
            "longtext",
            both(
                "How women and people from least developed countries take part",
                "كيف تشارك النساء والقادمون من أقل البلدان نموًا",
            ),
            who_sees=JUDGES,
            limit=Limit.of("words", most=200),
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
        ),
        Question(
            "city",
            "text",
            both("City", "المدينة"),
            who_sees=JUDGES,
            limit=Limit.of("characters", most=100),
        ),
        Question("starts_on", "date", both("First day", "اليوم الأول"), who_sees=JUDGES),
        Question(
            "days",
            "number",
            both("How many days", "عدد الأيام"),
            who_sees=JUDGES,
            limit=Limit.of("number", least=1, most=90),
        ),
        Question(
            "language",
            "text",
            both("Language it is taught in", "لغة التدريس"),
            who_sees=JUDGES,
            limit=Limit.of("characters", most=60),
        ),
        Question(
            "equipment",
            "longtext",
            both("Rooms, computers, data and network", "القاعات والحواسيب والبيانات والشبكة"),
            hint=both(
                "How many work at once, and whether the line carries them.",
                "كم شخصًا يعمل في الوقت نفسه وهل تتحمل الشبكة ذلك.",
            ),
            who_sees=JUDGES,
            limit=Limit.of("words", most=200),
        ),
        Question(
            "safety",
            "longtext",
            both("Whom trainees turn to", "إلى من يلجأ المتدربون"),
            hint=both(
                "In illness, in danger, when somebody behaves badly: names are told later.",
                "عند المرض أو الخطر أو سوء التصرف: تُذكر الأسماء لاحقًا.",
            ),
            who_sees=PANEL,
            limit=Limit.of("words", most=150),
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
        ),
        Question(
            "partners",
            "partners",
            both("Joint institutions", "المؤسسات المشاركة"),
            hint=both("Those that hold it with you, if any.", "من يشارككم التنظيم، إن وُجد."),
            why=both(
                "Each is asked by mail to confirm; no account is needed.",
                "يُطلب من كل منها التأكيد بالبريد؛ ولا يلزم حساب.",
            ),
            who_sees=JUDGES,
            required=False,
            limit=Limit.of("entries", most=10),
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
            limit=Limit.of("number", least=1, most=400_000),
            means=(Meaning.REQUESTED,),
        ),
        Question(
            "own_share",
            "number",
            both("Brought by the hosts, in CNY", "مساهمة الجهات المضيفة، باليوان"),
            who_sees=JUDGES,
            limit=Limit.of("number", least=0, most=10_000_000),
        ),
        Question(
            "costs",
            "longtext",
            both("What it is spent on", "أوجه الإنفاق"),
            hint=both(
                "Travel, lodging and meals of trainees and lecturers, rooms, materials.",
                "السفر والإقامة ووجبات المتدربين والمحاضرين والقاعات والمواد.",
            ),
            who_sees=JUDGES,
            limit=Limit.of("words", most=300),
        ),
    ),
)

FORM = Form(
    (COURSE, TRAINEES, WHERE_AND_WHEN, HOSTS, MONEY, bank.DECLARATIONS),
    label=both("Proposal of a course", "مقترح دورة"),
)
