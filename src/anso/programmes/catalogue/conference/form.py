"""What is asked of an organisation that wants to hold a conference or workshop."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import (
    ColumnKind,
    Equals,
    Form,
    Limit,
    Meaning,
    Question,
    Section,
    TableColumn,
)
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.asking import line, number, partners, prose, requested
from anso.programmes.catalogue.bank import JUDGES, PANEL, WRITERS, both, options

PRIORITIES = options(
    ("climate", "Climate change", "تغير المناخ"),
    ("food", "Agriculture and food security", "الزراعة والأمن الغذائي"),
    ("health", "Public health", "الصحة العامة"),
    ("biodiversity", "Biodiversity", "التنوع البيولوجي"),
    ("green_technology", "Green technology", "التكنولوجيا الخضراء"),
    ("other", "Another subject", "موضوع آخر"),
)
SIDE_EVENT = "side_event"

MEETING = Section(
    "meeting",
    both("The meeting", "اللقاء"),
    (
        line(
            "title",
            both("Title of the meeting", "عنوان اللقاء"),
            readers=JUDGES + WRITERS,
            means=(Meaning.TITLE,),
        ),
        Question(
            "format",
            "choice",
            both("What it is", "نوع اللقاء"),
            who_sees=JUDGES,
            options=options(
                ("conference", "A conference of its own", "مؤتمر قائم بذاته"),
                ("workshop", "A workshop of its own", "ورشة عمل قائمة بذاتها"),
                (
                    SIDE_EVENT,
                    "A session or side event of a larger conference",
                    "جلسة أو فعالية جانبية ضمن مؤتمر أكبر",
                ),
            ),
        ),
        line(
            "larger_conference",
            both("Name of the larger conference", "اسم المؤتمر الأكبر"),
            condition=Equals("format", SIDE_EVENT),
        ),
        Question(
            "priority",
            "choice",
            both("Subject", "الموضوع"),
            who_sees=JUDGES,
            options=PRIORITIES,
        ),
        bank.KEYWORDS,
        prose(
            "purpose",
            both("What it is for", "الغرض منه"),
            hint=both(
                "What people will know or do afterwards that they do not today.",
                "ما سيعرفه الناس أو يفعلونه بعده ولا يعرفونه أو يفعلونه اليوم.",
            ),
            least=100,
            most=600,
            means=(Meaning.ABSTRACT,),
        ),
        prose(
            "programme",
            both("Programme, in outline", "البرنامج بإيجاز"),
            hint=both(
                "Days, sessions, and speakers: who has agreed, who is only asked.",
                "الأيام والجلسات والمتحدثون: من وافق ومن طُلب منه فقط.",
            ),
            most=800,
        ),
        prose(
            "outputs",
            both("What remains of it", "ما يبقى منه"),
            hint=both(
                "Proceedings, recommendations, recordings: open to whom, and by when.",
                "أعمال منشورة أو توصيات أو تسجيلات: متاحة لمن، ومتى.",
            ),
            most=300,
        ),
    ),
)

WHERE_AND_WHEN = Section(
    "where_and_when",
    both("Where, when, and for how many", "أين ومتى ولكم شخص"),
    (
        Question(
            "meeting_country",
            "country",
            both("Country where it is held", "البلد الذي يُعقد فيه"),
            who_sees=JUDGES,
        ),
        line(
            "city",
            both("City", "المدينة"),
            most=100,
        ),
        Question(
            "starts_on",
            "date",
            both("First day", "اليوم الأول"),
            who_sees=JUDGES,
        ),
        number(
            "days",
            both("How many days", "عدد الأيام"),
            least=1,
            most=14,
        ),
        number(
            "on_site",
            both("How many people are expected on site", "عدد المتوقع حضورهم في الموقع"),
            least=0,
            most=20_000,
        ),
        number(
            "online",
            both("How many take part online", "عدد المشاركين عن بُعد"),
            least=0,
            most=100_000,
        ),
        prose(
            "inclusion",
            both("Who could not come without help", "من لا يستطيع الحضور دون مساعدة"),
            hint=both(
                "How people from least developed countries, women and young scientists take part,"
                " and how those with a weak connection do.",
                "كيف يشارك القادمون من أقل البلدان نموًا والنساء والعلماء الشباب، ومن كان اتصالهم"
                " ضعيفًا.",
            ),
            most=300,
        ),
    ),
)

HOSTS = Section(
    "hosts",
    both("Who holds it", "الجهات المنظمة"),
    (
        replace(bank.FULL_NAME, means=(Meaning.APPLICANT_NAME,)),
        *bank.organisation_and_country(
            both("Leading host", "الجهة المضيفة الرئيسية"),
            both("Country of the leading host", "بلد الجهة المضيفة الرئيسية"),
        ),
        Question(
            "in_charge",
            "person",
            both("Person in charge", "الشخص المسؤول"),
            hint=both("Of the leading host.", "من الجهة المضيفة الرئيسية."),
            who_sees=PANEL,
        ),
        partners(
            both("Co-hosts", "الجهات المضيفة المشاركة"),
            both(
                "Every other organisation that holds it with you, and what it does.",
                "كل منظمة أخرى تشارككم التنظيم وما تقوم به.",
            ),
            most=10,
        ),
    ),
)

MONEY = Section(
    "money",
    both("Money", "المال"),
    (
        requested(500_000),
        Question(
            "costs",
            "table",
            both("What it costs, and who pays", "الكلفة ومن يدفعها"),
            who_sees=JUDGES,
            limit=Limit.of("entries", least=1, most=30),
            columns=(
                TableColumn(
                    "item",
                    both("For what", "البند"),
                    ColumnKind.CHOICE,
                    required=True,
                    options=options(
                        (
                            "travel",
                            "Travel of speakers and participants",
                            "سفر المتحدثين والمشاركين",
                        ),
                        ("stay", "Lodging and meals", "الإقامة والوجبات"),
                        ("venue", "Rooms and technology", "القاعات والتقنيات"),
                        ("interpretation", "Interpretation", "الترجمة الفورية"),
                        ("publication", "Publication", "النشر"),
                        ("other", "Other", "أخرى"),
                    ),
                ),
                TableColumn(
                    "payer",
                    both("Who pays", "من يدفع"),
                    ColumnKind.CHOICE,
                    required=True,
                    options=options(
                        ("alliance", "The alliance", "التحالف"),
                        ("hosts", "Leading host and co-hosts", "الجهات المضيفة"),
                        ("fees", "Fees of participants", "رسوم المشاركين"),
                        ("others", "Others", "آخرون"),
                    ),
                ),
                TableColumn(
                    "amount",
                    both("Amount", "المبلغ"),
                    ColumnKind.MONEY,
                    required=True,
                    currency="CNY",
                    has_total=True,
                ),
            ),
        ),
    ),
)

FORM = Form(
    (MEETING, WHERE_AND_WHEN, HOSTS, MONEY, bank.DECLARATIONS),
    label=both("Proposal of a meeting", "مقترح لقاء"),
)
