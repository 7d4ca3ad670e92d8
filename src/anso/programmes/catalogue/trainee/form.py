"""What is asked of somebody who wants to take part in a course."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import Audience, Form, Meaning, Question, Section
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.asking import line, prose
from anso.programmes.catalogue.bank import JUDGES, PDF, WRITERS, both, options

PERSON = Section(
    "person",
    both("About you", "عنك"),
    (
        bank.FULL_NAME,
        replace(bank.GENDER, who_sees=bank.OFFICE),
        bank.CITIZENSHIP,
        replace(bank.PHONE, who_sees=bank.OFFICE),
        line(
            "organisation",
            both("Institution", "المؤسسة"),
            means=(Meaning.ORGANISATION,),
        ),
        Question(
            "role",
            "choice",
            both("Work there", "العمل فيها"),
            who_sees=JUDGES,
            options=options(
                ("research", "Research", "البحث"),
                ("teaching", "Teaching", "التدريس"),
                ("management", "Management of science", "إدارة العلوم"),
                ("policy", "Public administration or policy", "الإدارة العامة أو السياسات"),
                ("doctoral", "Work for a doctorate", "التحضير للدكتوراه"),
                ("other", "Something else", "عمل آخر"),
            ),
        ),
        Question(
            "highest_degree",
            "choice",
            both("Highest degree", "أعلى شهادة"),
            who_sees=JUDGES,
            options=options(
                ("bachelor", "Bachelor", "بكالوريوس"),
                ("master", "Master", "ماجستير"),
                ("doctor", "Doctorate", "دكتوراه"),
                ("other", "None of these", "لا شيء مما سبق"),
            ),
            means=(Meaning.DEGREE,),
        ),
        Question(
            "cv", "file", both("Curriculum vitae", "السيرة الذاتية"), who_sees=JUDGES, file=PDF
        ),
    ),
)

REASONS = Section(
    "reasons",
    both("Why this course", "لماذا هذه الدورة"),
    (
        line(
            "title",
            both("Subject of one’s work", "موضوع العمل"),
            hint=both(
                "One line that a scientist of another field understands.",
                "سطر واحد يفهمه عالم من تخصص آخر.",
            ),
            readers=JUDGES + WRITERS,
            means=(Meaning.TITLE,),
        ),
        bank.KEYWORDS,
        prose(
            "reasons",
            both("Use that will be made of it", "الاستفادة المتوقعة منها"),
            hint=both(
                "A task of your work that you cannot do today, and whom you will teach.",
                "مهمة في عملك لا تستطيع إنجازها اليوم، ومن ستعلّم.",
            ),
            least=60,
            most=400,
            means=(Meaning.ABSTRACT,),
        ),
        prose(
            "knows",
            both("What is known of it already", "ما هو معروف عنها مسبقًا"),
            required=False,
            most=150,
        ),
        Question(
            "follows",
            "yesno",
            both(
                "Follows and takes part in the language of the course", "يتابع الدورة ويشارك بلغتها"
            ),
            who_sees=JUDGES,
        ),
        Question(
            "stays",
            "yesno",
            both("Is there from the first day to the last", "يحضر من أول يوم إلى آخر يوم"),
            who_sees=JUDGES,
        ),
        prose(
            "needs",
            both("What you need in order to take part", "ما تحتاجه كي تشارك"),
            hint=both(
                "A visa letter, a room without stairs, a prayer room, a diet. It never changes a"
                " score.",
                "خطاب تأشيرة أو غرفة بلا درج أو مصلى أو نظام غذائي. لا يغيّر أي درجة.",
            ),
            readers=(Audience.OFFICERS,),
            required=False,
            most=150,
            is_sensitive=True,
        ),
    ),
)

EMPLOYER = Section(
    "employer",
    both("Your institution", "مؤسستك"),
    (
        Question(
            "superior",
            "person",
            both("Head or supervisor who grants leave", "الرئيس أو المشرف الذي يأذن بالمشاركة"),
            hint=both(
                "Your head or supervisor. They get a link; no account is needed.",
                "رئيسك أو مشرفك. يصله رابط ولا يحتاج إلى حساب.",
            ),
            who_sees=JUDGES,
        ),
    ),
)

PROMISES = Section(
    "promises",
    both("What you promise", "ما تتعهد به"),
    (
        Question(
            "promise_insurance",
            "statement",
            both(
                "I am insured against illness and accident before I travel.",
                "أكون مؤمَّنًا ضد المرض والحوادث قبل أن أسافر.",
            ),
            who_sees=JUDGES,
        ),
        Question(
            "promise_passing_on",
            "statement",
            both(
                "Within six months I teach at home what I learned, and say so in a short report.",
                "أعلّم في بلدي ما تعلمته خلال ستة أشهر وأذكر ذلك في تقرير قصير.",
            ),
            who_sees=JUDGES,
        ),
    ),
)

FORM = Form(
    (PERSON, REASONS, EMPLOYER, PROMISES, bank.DECLARATIONS), label=both("Application", "الطلب")
)
