"""What is asked of somebody who wants advice."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import Form, Meaning, Question, Section
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.asking import line, prose
from anso.programmes.catalogue.bank import JUDGES, PANEL, both, options

REQUEST = Section(
    "request",
    both("What is asked", "ما هو مطلوب"),
    (
        Question(
            "form",
            "choice",
            both("What is wanted", "المطلوب"),
            who_sees=JUDGES,
            options=options(
                ("study", "A study that answers a question", "دراسة تجيب عن سؤال"),
                ("statement", "A joint statement of academies", "بيان مشترك للأكاديميات"),
                ("review", "A review of a plan or text that exists", "مراجعة خطة أو نص قائم"),
            ),
        ),
        line(
            "title",
            both("The question, in one sentence", "السؤال في جملة واحدة"),
            means=(Meaning.TITLE,),
        ),
        bank.KEYWORDS,
        prose(
            "background",
            both("Why it is asked now", "لماذا يُطرح الآن"),
            hint=both(
                "Which decision depends on it, whose it is, and when it falls.",
                "أي قرار يتوقف عليه ولمن ومتى يُتخذ.",
            ),
            least=60,
            most=600,
            means=(Meaning.ABSTRACT,),
        ),
        prose(
            "known",
            both("What is known already", "ما هو معروف"),
            hint=both(
                "Earlier reports on it, and why they do not do.",
                "التقارير السابقة ولماذا لا تكفي.",
            ),
            required=False,
            most=300,
        ),
        prose(
            "readers",
            both("Who will use the answer", "من سيستخدم الإجابة"),
            most=150,
        ),
        Question(
            "needed_by",
            "date",
            both("Needed by", "مطلوب بحلول"),
            who_sees=JUDGES,
        ),
        prose(
            "budget",
            both("What whoever asks pays", "ما يدفعه الطالب"),
            hint=both(
                "In money or in kind; nothing is an answer too.",
                "نقدًا أو عينًا؛ و«لا شيء» إجابة أيضًا.",
            ),
            readers=PANEL,
            most=100,
        ),
    ),
)

ASKING = Section(
    "asking",
    both("Who asks", "من يطلب"),
    (
        replace(bank.FULL_NAME, means=(Meaning.APPLICANT_NAME,)),
        *bank.organisation_and_country(
            both("Organisation", "المنظمة"), both("Country of the organisation", "بلد المنظمة")
        ),
        Question(
            "organisation_is",
            "choice",
            both("It is", "نوعها"),
            who_sees=JUDGES,
            options=options(
                ("government", "a government or ministry", "حكومة أو وزارة"),
                ("agency", "an international organisation or agency", "منظمة أو وكالة دولية"),
                ("member", "a member of the alliance", "عضو في التحالف"),
                ("other", "another organisation", "منظمة أخرى"),
            ),
        ),
        prose(
            "authority",
            both("On whose behalf, and with what authority", "نيابة عمن وبأي تفويض"),
            readers=PANEL,
            most=100,
        ),
    ),
)

TERMS = Section(
    "terms",
    both("On what terms", "الشروط"),
    (
        Question(
            "accepts_publication",
            "yesno",
            both("The result is published, whatever it says", "تُنشر النتيجة أيًا كانت"),
            who_sees=JUDGES,
        ),
        Question(
            "accepts_independence",
            "yesno",
            both(
                "The alliance alone chooses authors and reviewers",
                "يختار التحالف وحده المؤلفين والمحكّمين",
            ),
            who_sees=JUDGES,
        ),
    ),
)

FORM = Form((REQUEST, ASKING, TERMS, bank.DECLARATIONS), label=both("Request", "الطلب"))
