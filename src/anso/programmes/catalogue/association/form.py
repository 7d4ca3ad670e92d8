"""What is asked of a group that founds an association."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import ColumnKind, Form, Limit, Meaning, Question, Section, TableColumn
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.asking import line, partners, prose
from anso.programmes.catalogue.bank import JUDGES, PANEL, PDF, WRITERS, both, options

ASSOCIATION = Section(
    "association",
    both("The association", "الجمعية"),
    (
        line(
            "title",
            both("Name of the association", "اسم الجمعية"),
            readers=JUDGES + WRITERS,
            means=(Meaning.TITLE,),
        ),
        line(
            "acronym",
            both("Acronym", "الاسم المختصر"),
            required=False,
            most=20,
        ),
        Question(
            "launched_on",
            "date",
            both("Launched on", "أُطلقت في"),
            hint=both(
                "The day of its first meeting or charter; recognition has a day of its own.",
                "يوم أول اجتماع أو ميثاق؛ وللاعتراف يوم خاص به.",
            ),
            who_sees=JUDGES,
        ),
        Question(
            "members_are",
            "choice",
            both("Its members are", "أعضاؤها"),
            who_sees=JUDGES,
            options=options(
                ("organisations", "organisations", "منظمات"),
                ("people", "people", "أشخاص"),
                ("both", "both", "منظمات وأشخاص"),
            ),
        ),
        bank.KEYWORDS,
        prose(
            "purpose",
            both("What it is for", "الغرض منها"),
            hint=both(
                "Which need of its field, and what other bodies of the field do.",
                "أي حاجة في مجالها وما تقوم به الهيئات الأخرى فيه.",
            ),
            least=100,
            most=600,
            means=(Meaning.ABSTRACT,),
        ),
        Question(
            "charter",
            "file",
            both("Charter", "الميثاق"),
            hint=both(
                "Organs, terms of office, how members join and leave.",
                "الأجهزة ومدد العضوية وكيفية الانضمام والانسحاب.",
            ),
            who_sees=JUDGES,
            file=PDF,
        ),
    ),
)

FOUNDERS = Section(
    "founders",
    both("Founding members", "الأعضاء المؤسسون"),
    (
        replace(bank.FULL_NAME, means=(Meaning.APPLICANT_NAME,)),
        *bank.organisation_and_country(
            both("Organisation that leads it", "المنظمة التي تقودها"),
            both("Country of that organisation", "بلد تلك المنظمة"),
        ),
        partners(
            both("Further founding members", "بقية الأعضاء المؤسسين"),
            both(
                "Each with its country, a person there, and what they do in the association.",
                "كل منظمة مع بلدها وشخص فيها وما تقوم به في الجمعية.",
            ),
            most=120,
        ),
        line(
            "secretariat",
            both("Where its secretariat is", "مقر أمانتها"),
        ),
    ),
)

PLAN = Section(
    "plan",
    both("Working groups and first year", "مجموعات العمل والسنة الأولى"),
    (
        Question(
            "groups",
            "table",
            both("Working groups", "مجموعات العمل"),
            who_sees=JUDGES,
            limit=Limit.of("entries", least=1, most=20),
            columns=(
                TableColumn("name", both("Name", "الاسم"), required=True),
                TableColumn("aim", both("Aim", "الهدف"), required=True),
                TableColumn("lead", both("Who leads it", "من يقودها"), required=True),
                TableColumn("country", both("Country", "البلد"), ColumnKind.COUNTRY),
            ),
        ),
        prose(
            "first_year",
            both("What it does in its first year", "ما تقوم به في سنتها الأولى"),
            most=500,
        ),
        prose(
            "means",
            both("What it lives on", "مواردها"),
            hint=both("Fees, contributions, staff.", "الرسوم والمساهمات والموظفون."),
            readers=PANEL,
            most=300,
        ),
        Question(
            "promise_reports",
            "statement",
            both(
                "Every year the association sends its plan and its report, and says when it rests"
                " or"
                " closes.",
                "ترسل الجمعية كل سنة خطتها وتقريرها، وتبلغ متى تتوقف مؤقتًا أو تُحل.",
            ),
            who_sees=JUDGES,
        ),
    ),
)

FORM = Form(
    (ASSOCIATION, FOUNDERS, PLAN, bank.DECLARATIONS),
    label=both("Proposal of an association", "مقترح جمعية"),
)
