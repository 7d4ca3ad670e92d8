"""What is asked of a university that states what it needs."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import Form, Meaning, Question, Section
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.asking import line, number, prose
from anso.programmes.catalogue.bank import JUDGES, both, options
from anso.programmes.catalogue.matching import MATCHED, day, fields, languages, ways, zones

NEED = Section(
    "need",
    both("What is needed", "ما هو مطلوب"),
    (
        line(
            "title",
            both("The need, in one line", "الاحتياج في سطر واحد"),
            readers=MATCHED,
            means=(Meaning.TITLE,),
        ),
        fields(both("Fields in which somebody is needed", "التخصصات المطلوبة")),
        replace(bank.KEYWORDS, who_sees=MATCHED),
        prose(
            "work",
            both("What somebody would do", "ما سيقوم به الخبير"),
            hint=both(
                "Courses, laboratories, plans: what exactly, with whom, in how many days.",
                "المقررات أو المختبرات أو الخطط: ماذا بالضبط ومع من وفي كم يوم.",
            ),
            readers=MATCHED,
            least=60,
            most=400,
            means=(Meaning.ABSTRACT,),
        ),
        prose(
            "afterwards",
            both("What is different afterwards", "ما الذي يتغير بعد ذلك"),
            readers=MATCHED,
            most=150,
        ),
        ways(both("How somebody could work", "كيف يمكن أن يعمل الخبير")),
        languages(both("Languages in which it can be done", "اللغات التي يمكن العمل بها")),
        zones(
            both("Time zone of the host", "المنطقة الزمنية للمضيف"),
            both("Working hours in common are counted from it.", "تُحسب منه ساعات العمل المشتركة."),
        ),
        day("from_day", both("Not before", "ليس قبل"), Meaning.FROM_DAY),
        day("until_day", both("Not after", "ليس بعد"), Meaning.UNTIL_DAY),
    ),
)

HOST = Section(
    "host",
    both("Who hosts", "الجهة المضيفة"),
    (
        replace(bank.FULL_NAME, means=(Meaning.APPLICANT_NAME,)),
        *bank.organisation_and_country(
            both("University or institute", "الجامعة أو المعهد"),
            both("Country of the university", "بلد الجامعة"),
            readers=MATCHED,
        ),
        Question(
            "host_is",
            "choice",
            both("It is", "نوعها"),
            who_sees=MATCHED,
            options=options(
                ("university", "a university or college", "جامعة أو كلية"),
                ("institute", "a public research institute", "معهد بحثي عام"),
                ("other", "another organisation", "منظمة أخرى"),
            ),
        ),
        line(
            "counterpart",
            both("Who prepares it on site and stays with it", "من يحضّره في الموقع ويتابعه"),
            hint=both("Name and position of one person.", "اسم شخص واحد ومنصبه."),
            readers=MATCHED,
        ),
        prose(
            "provides",
            both("What the host provides", "ما تقدمه الجهة المضيفة"),
            hint=both(
                "Room, meals, transport on site, a computer account, an assistant.",
                "السكن والوجبات والنقل المحلي وحساب حاسوبي ومساعد.",
            ),
            readers=MATCHED,
            most=150,
        ),
        Question(
            "pays_on_site",
            "yesno",
            both(
                "The host pays for room and meals of whoever comes",
                "تتحمل الجهة المضيفة سكن من يأتي ووجباته",
            ),
            who_sees=MATCHED,
        ),
        number(
            "travel_cost",
            both(
                "Flights and visa of one person, in USD: an estimate",
                "تذاكر السفر والتأشيرة لشخص واحد، بالدولار: تقدير",
            ),
            least=0,
            most=50_000,
        ),
        Question(
            "asked_by_host",
            "yesno",
            both(
                "The department that will host has agreed to this",
                "وافق القسم الذي سيستضيف على ذلك",
            ),
            who_sees=JUDGES,
        ),
    ),
)

SAFETY = Section(
    "safety",
    both("Safety", "السلامة"),
    (
        Question(
            "with_minors",
            "yesno",
            both(
                "The work brings somebody together with people under 18",
                "يجمع العمل الخبير بأشخاص دون 18 عامًا",
            ),
            who_sees=MATCHED,
        ),
        Question(
            "statement_safe",
            "statement",
            both(
                "Whoever comes, and whoever is taught, is told whom to write to when something is"
                " not right.",
                "يُخبَر من يأتي ومن يتعلم لمن يكتب إن لم يكن أمر ما على ما يرام.",
            ),
            who_sees=JUDGES,
        ),
    ),
)

FORM = Form((NEED, HOST, SAFETY, bank.DECLARATIONS), label=both("Need", "الاحتياج"))
