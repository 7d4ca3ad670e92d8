"""What is asked of an organisation that wants to join."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import Form, Meaning, Question, Section
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.asking import line, prose
from anso.programmes.catalogue.bank import JUDGES, OFFICE, PANEL, PDF, WRITERS, both, options

NAME, COUNTRY = bank.organisation_and_country(
    both("Name of the organisation", "اسم المنظمة"), both("Its country", "بلدها")
)
ORGANISATION = Section(
    "organisation",
    both("The organisation", "المنظمة"),
    (
        replace(
            NAME,
            who_sees=JUDGES + WRITERS,
            means=(Meaning.APPLICANT_ORGANISATION, Meaning.TITLE, Meaning.SUBJECT_NAME),
        ),
        COUNTRY,
        Question(
            "organisation_is",
            "choice",
            both("It is", "نوعها"),
            who_sees=JUDGES,
            options=options(
                ("academy", "an academy of sciences", "أكاديمية علوم"),
                ("university", "a university", "جامعة"),
                ("research", "a research institute", "معهد بحوث"),
                ("agency", "a funding or governmental agency", "وكالة تمويل أو وكالة حكومية"),
                ("international", "an international organisation", "منظمة دولية"),
            ),
            means=(Meaning.ORGANISATION_KIND,),
        ),
        Question(
            "is_non_profit",
            "yesno",
            both("It works not for profit", "لا تهدف إلى الربح"),
            who_sees=JUDGES,
        ),
        prose(
            "standing",
            both("What it is known for", "ما تُعرف به"),
            least=50,
            most=500,
            means=(Meaning.ABSTRACT,),
        ),
        prose(
            "contribution",
            both("What it would bring, and what it hopes for", "ما ستقدمه وما ترجوه"),
            most=400,
        ),
        Question(
            "statutes",
            "file",
            both("Statutes or act of foundation", "النظام الأساسي أو قرار التأسيس"),
            who_sees=JUDGES,
            file=PDF,
        ),
        bank.KEYWORDS,
    ),
)

SPEAKING = Section(
    "speaking",
    both("Who speaks for it", "من يتحدث باسمها"),
    (
        replace(bank.FULL_NAME, means=(Meaning.APPLICANT_NAME,)),
        line(
            "office",
            both("Office held there", "المنصب فيها"),
            readers=PANEL,
        ),
        Question(
            "authority",
            "file",
            both("Decision of the organisation to ask for membership", "قرار المنظمة بطلب العضوية"),
            who_sees=OFFICE,
            file=PDF,
        ),
    ),
)

RECOMMENDING = Section(
    "recommending",
    both("Members who recommend it", "الأعضاء الذين يوصون بها"),
    tuple(
        Question(
            f"recommender_{position}",
            "person",
            both(en, ar),
            hint=both(
                "Somebody who speaks for a member of the alliance.",
                "شخص يتحدث باسم عضو في التحالف.",
            ),
            who_sees=PANEL,
        )
        for position, en, ar in (
            (1, "First recommendation", "التوصية الأولى"),
            (2, "Second recommendation", "التوصية الثانية"),
        )
    ),
)

FORM = Form(
    (ORGANISATION, SPEAKING, RECOMMENDING, bank.DECLARATIONS),
    label=both("Application for membership", "طلب العضوية"),
)
