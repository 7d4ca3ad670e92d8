"""What is asked of somebody who offers time to universities."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import Equals, Form, Meaning, Question, Section
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.asking import line, number, prose
from anso.programmes.catalogue.bank import JUDGES, PDF, both, options
from anso.programmes.catalogue.matching import MATCHED, day, fields, languages, ways, zones

PERSON = Section(
    "person",
    both("The expert", "الخبير"),
    (
        replace(bank.FULL_NAME, who_sees=MATCHED),
        bank.CITIZENSHIP,
        replace(
            bank.RESIDENCE, label=both("Country of residence", "بلد الإقامة"), who_sees=MATCHED
        ),
        replace(bank.PHONE, who_sees=bank.OFFICE),
        Question(
            "standing",
            "choice",
            both("Work today", "العمل اليوم"),
            who_sees=MATCHED,
            options=options(
                ("retired", "retired", "متقاعد"),
                ("working", "employed", "موظف"),
                ("free", "neither of these", "غير ذلك"),
            ),
        ),
        line(
            "organisation",
            both("Employer, the last one where there is none", "جهة العمل أو آخر جهة عمل"),
            readers=MATCHED,
            means=(Meaning.ORGANISATION,),
        ),
        Question(
            "employer_agrees",
            "yesno",
            both("The employer gives leave for this", "يمنح صاحب العمل إجازة لذلك"),
            who_sees=JUDGES,
            condition=Equals("standing", "working"),
        ),
        number(
            "years_in_fields",
            both("Years of work in these fields", "سنوات العمل في هذه التخصصات"),
            readers=MATCHED,
            least=0,
            most=70,
        ),
        replace(bank.ORCID, who_sees=MATCHED),
        Question(
            "cv", "file", both("Curriculum vitae", "السيرة الذاتية"), who_sees=JUDGES, file=PDF
        ),
    ),
)

HELP = Section(
    "help",
    both("What is offered", "المعروض"),
    (
        line(
            "title",
            both("What is offered, in one line", "المعروض في سطر واحد"),
            readers=MATCHED,
            means=(Meaning.TITLE,),
        ),
        fields(both("Fields", "التخصصات")),
        replace(bank.KEYWORDS, who_sees=MATCHED),
        prose(
            "offers",
            both("What could be done for a university", "ما يمكن تقديمه لجامعة"),
            hint=both(
                "Courses that you have given, laboratories that you have set up, plans that you"
                " have written.",
                "مقررات درّستها أو مختبرات أنشأتها أو خطط كتبتها.",
            ),
            readers=MATCHED,
            least=40,
            most=300,
            means=(Meaning.ABSTRACT,),
        ),
        ways(both("Ways of working", "طرق العمل")),
        languages(both("Languages of teaching", "لغات التدريس")),
        zones(
            both(
                "Time zones of which the working hours suit", "المناطق الزمنية التي تناسب ساعاتها"
            ),
            both(
                "Your own, and others in which you are ready to work from nine to five.",
                "منطقتك وغيرها مما أنت مستعد للعمل فيه من التاسعة إلى الخامسة.",
            ),
        ),
        day("from_day", both("Free from", "متفرغ من"), Meaning.FROM_DAY),
        day("until_day", both("Free until", "متفرغ حتى"), Meaning.UNTIL_DAY),
        number(
            "capacity",
            both("Tasks at a time, at most", "أقصى عدد من المهام في وقت واحد"),
            readers=MATCHED,
            least=1,
            most=5,
            means=(Meaning.CAPACITY,),
        ),
    ),
)

SAFETY = Section(
    "safety",
    both("Safety", "السلامة"),
    (
        Question(
            "keeps_code",
            "yesno",
            both(
                "Keeps the code of conduct for work with students",
                "يلتزم بمدونة السلوك في العمل مع الطلاب",
            ),
            who_sees=JUDGES,
        ),
        Question(
            "statement_certificate",
            "statement",
            both(
                "Before I work with anybody under 18 I show a police certificate.",
                "أقدم شهادة خلو سوابق قبل أن أعمل مع أي شخص دون 18 عامًا.",
            ),
            who_sees=JUDGES,
        ),
        Question(
            "statement_insured",
            "statement",
            both(
                "I am insured against illness and accident before I travel.",
                "أكون مؤمَّنًا ضد المرض والحوادث قبل أن أسافر.",
            ),
            who_sees=JUDGES,
        ),
    ),
)

FORM = Form((PERSON, HELP, SAFETY, bank.DECLARATIONS), label=both("Application", "الطلب"))
