"""What is asked for a scholarship, of a scholar or of a host on a scholar's behalf."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import (
    Audience,
    Equals,
    Form,
    Meaning,
    OneOf,
    Question,
    Section,
)
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.asking import line, number, prose
from anso.programmes.catalogue.bank import JUDGES, PANEL, PDF, PDF_OR_SCAN, WRITERS, both, options

DISTINGUISHED, VISITING, POSTDOCTORAL = "distinguished", "visiting", "postdoctoral"
LEVELS = (
    (DISTINGUISHED, "Distinguished scientist", "عالم متميز"),
    (VISITING, "Visiting scholar", "باحث زائر"),
    (POSTDOCTORAL, "Postdoctoral researcher", "باحث ما بعد الدكتوراه"),
)
OF_HOST = Equals("initiative", "host")

CLASS = Section(
    "class",
    both("The scholarship", "المنحة"),
    (
        Question(
            "level",
            "choice",
            both("Scholarship", "المنحة"),
            who_sees=(*JUDGES, Audience.PUBLIC),
            options=options(*LEVELS),
            means=(Meaning.CATEGORY,),
        ),
        Question(
            "initiative",
            "choice",
            both("Who fills this in", "من يملأ هذا الطلب"),
            who_sees=PANEL,
            options=options(
                ("self", "I am the scholar", "أنا الباحث"),
                (
                    "host",
                    "I am of the host and write for the scholar",
                    "أنا من الجهة المضيفة وأكتب نيابة عن الباحث",
                ),
            ),
        ),
    ),
)

SCHOLAR = Section(
    "scholar",
    both("The scholar", "الباحث"),
    (
        line(
            "scholar_name",
            both("Full name of the scholar", "الاسم الكامل للباحث"),
            hint=both("As in the passport, in any script.", "كما في جواز السفر، وبأي كتابة."),
            readers=PANEL + WRITERS,
            means=(Meaning.SUBJECT_NAME,),
        ),
        Question(
            "scholar",
            "person",
            both("The scholar, and how to reach them", "الباحث وكيفية الوصول إليه"),
            why=both(
                "They are asked whether they want it; what is offered is offered to them.",
                "يُسأل الباحث إن كان يرغب في ذلك؛ وما يُعرض يُعرض عليه.",
            ),
            who_sees=PANEL,
            condition=OF_HOST,
            means=(Meaning.SUBJECT_CONTACT,),
        ),
        replace(bank.DATE_OF_BIRTH, who_sees=bank.OFFICE),
        replace(bank.GENDER, who_sees=bank.OFFICE),
        replace(bank.CITIZENSHIP, label=both("Citizenship of the scholar", "جنسية الباحث")),
        line(
            "scholar_organisation",
            both("Where the scholar works today", "حيث يعمل الباحث اليوم"),
            means=(Meaning.ORGANISATION,),
        ),
        Question(
            "rank",
            "choice",
            both("Rank", "الرتبة"),
            why=both(
                "The monthly amount for visiting scholars depends on it.",
                "يتوقف عليها المبلغ الشهري للباحثين الزائرين.",
            ),
            who_sees=JUDGES,
            condition=Equals("level", VISITING),
            options=options(
                ("professor", "Professor", "أستاذ"),
                ("associate", "Associate professor", "أستاذ مشارك"),
                ("assistant", "Assistant professor", "أستاذ مساعد"),
                ("other", "Below assistant professor", "دون رتبة أستاذ مساعد"),
            ),
        ),
        Question(
            "highest_degree",
            "choice",
            both("Highest degree", "أعلى شهادة"),
            who_sees=PANEL,
            options=options(
                ("bachelor", "Bachelor", "بكالوريوس"),
                ("master", "Master", "ماجستير"),
                ("doctor", "Doctorate", "دكتوراه"),
            ),
            means=(Meaning.DEGREE,),
        ),
        Question(
            "degree_awarded_on",
            "date",
            both("Awarded on, or expected on", "تاريخ منحها أو التاريخ المتوقع"),
            who_sees=PANEL,
            means=(Meaning.DEGREE_DATE,),
        ),
        number(
            "years_experience",
            both(
                "Years of research since the doctorate, breaks left out",
                "سنوات البحث منذ الدكتوراه دون فترات الانقطاع",
            ),
            hint=both(
                "Parental leave, illness and service do not count as years of research.",
                "لا تُحسب إجازة الوالدين والمرض والخدمة ضمن سنوات البحث.",
            ),
            readers=PANEL,
            condition=Equals("level", VISITING),
            least=0,
            most=70,
        ),
        Question(
            "holds_other",
            "yesno",
            both(
                "Does the scholar hold another scholarship for the same months?",
                "هل يحصل الباحث على منحة أخرى للأشهر نفسها؟",
            ),
            who_sees=PANEL,
        ),
        Question(
            "cv",
            "file",
            both("Curriculum vitae", "السيرة الذاتية"),
            who_sees=PANEL,
            file=PDF,
        ),
        bank.PUBLICATIONS,
        bank.ORCID,
        Question(
            "passport",
            "file",
            both("Passport page", "صفحة جواز السفر"),
            who_sees=bank.OFFICE,
            required=False,
            file=PDF_OR_SCAN,
            is_sensitive=True,
        ),
    ),
)

STAY = Section(
    "stay",
    both("The stay", "الإقامة"),
    (
        replace(bank.TITLE, label=both("Title of the work", "عنوان العمل")),
        bank.KEYWORDS,
        bank.SUBJECT,
        prose(
            "plan",
            both("What is done together", "ما يُنجز معًا"),
            hint=both(
                "Aim, steps with their time, and why at this host.",
                "الهدف والخطوات ومواعيدها ولماذا لدى هذه الجهة المضيفة.",
            ),
            readers=JUDGES + WRITERS,
            least=150,
            most=1000,
            means=(Meaning.ABSTRACT,),
        ),
        Question(
            "starts_on",
            "date",
            both("First day of the stay", "اليوم الأول للإقامة"),
            who_sees=PANEL,
        ),
        number(
            "weeks",
            both("Weeks", "عدد الأسابيع"),
            readers=PANEL,
            condition=Equals("level", DISTINGUISHED),
            least=1,
            most=52,
        ),
        number(
            "months",
            both("Months", "عدد الأشهر"),
            readers=PANEL,
            condition=OneOf("level", (VISITING, POSTDOCTORAL)),
            least=1,
            most=60,
        ),
        number(
            "institutes",
            both("How many institutes are visited", "عدد المعاهد التي تُزار"),
            readers=PANEL,
            condition=Equals("level", DISTINGUISHED),
            least=1,
            most=10,
        ),
    ),
)

HOST = Section(
    "host",
    both("The host", "الجهة المضيفة"),
    (
        replace(
            bank.FULL_NAME,
            label=both("Name of whoever fills this in", "اسم من يملأ هذا الطلب"),
            hint=both("The scholar's own, or that of the host.", "اسم الباحث أو من يمثل المضيف."),
            means=(Meaning.APPLICANT_NAME,),
        ),
        line(
            "host_organisation",
            both("Host institution", "المؤسسة المضيفة"),
        ),
        Question(
            "host_contact",
            "person",
            both("Who receives the scholar there", "من يستقبل الباحث هناك"),
            hint=both(
                "Associate professor or above. They get a link; no account is needed.",
                "أستاذ مشارك أو أعلى. يصله رابط ولا يحتاج إلى حساب.",
            ),
            who_sees=JUDGES,
        ),
    ),
)

PROMISES = Section(
    "promises",
    both("What the scholar promises", "ما يتعهد به الباحث"),
    (
        Question(
            "promise_lectures",
            "statement",
            both(
                "At least one public lecture in the first half of the stay, and a report within two"
                " months of its end.",
                "محاضرة عامة واحدة على الأقل في النصف الأول من الإقامة، وتقرير خلال شهرين"
                " من نهايتها.",
            ),
            who_sees=PANEL,
        ),
        Question(
            "promise_hosting",
            "statement",
            both(
                "To receive postdoctoral researchers of the host in one's own laboratory for one to"
                " three months.",
                "استقبال باحثين لما بعد الدكتوراه من الجهة المضيفة في مختبر الباحث من شهر إلى ثلاثة"
                " أشهر.",
            ),
            who_sees=PANEL,
            condition=Equals("level", DISTINGUISHED),
        ),
        Question(
            "promise_return",
            "statement",
            both(
                "To return to the home institution afterwards, for at least one year.",
                "العودة إلى المؤسسة الأصلية بعد ذلك لمدة سنة على الأقل.",
            ),
            who_sees=PANEL,
            condition=Equals("level", POSTDOCTORAL),
        ),
    ),
)

FORM = Form(
    (CLASS, SCHOLAR, STAY, HOST, PROMISES, bank.DECLARATIONS),
    label=both("Application", "الطلب"),
)
