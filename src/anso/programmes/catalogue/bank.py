"""Questions that several kinds share, under the stable keys that everything else relies on.

The keys `full_name`, `date_of_birth`, `gender`, `citizenship`, `second_citizenship`, `level`,
`hosts`, `title`, `referee_1`, `referee_2` are read by screening, review and statistics.
"""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.citizenships import STATELESS, UNSETTLED
from anso.kernel.questions import (
    Audience,
    FileSlot,
    Form,
    Limit,
    Meaning,
    Option,
    Question,
    Section,
)
from anso.kernel.questions.model import MEGABYTE
from anso.kernel.terms import Group
from anso.kernel.wording import Text, both

OFFICE = (Audience.OFFICERS,)
OFFICE_HOSTS = (Audience.OFFICERS, Audience.HOSTS)
JUDGES = (Audience.OFFICERS, Audience.HOSTS, Audience.REVIEWERS, Audience.PANEL)
PANEL = (Audience.OFFICERS, Audience.HOSTS, Audience.PANEL)
# What stands on the pages of those who are asked for a letter.
WRITERS = (Audience.WRITERS,)
# What is shown to those of them who are asked whether they agree, such as a supervisor.
AGREEING = (Audience.AGREEING,)

PDF = FileSlot()
PDF_OR_SCAN = FileSlot(
    accepts=("application/pdf", "image/jpeg", "image/png"), max_bytes=10 * MEGABYTE
)
SEVERAL_SCANS = FileSlot(
    accepts=("application/pdf", "image/jpeg", "image/png"), max_bytes=10 * MEGABYTE, max_count=6
)

# What the values of a scale from 1 to 5 mean where a kind has no words of its own for them.
FIVE_POINTS = (
    (1, both("Poor", "ضعيف")),
    (2, both("Fair", "مقبول")),
    (3, both("Good", "جيد")),
    (4, both("Very good", "جيد جدًا")),
    (5, both("Excellent", "ممتاز")),
)


def without_readers(form: Form, *absent: Audience) -> Form:
    """Return the form of a kind that has no such readers, hosts or writers of letters: nobody is
    told that they read an answer.
    """
    sections = (
        replace(
            section,
            questions=tuple(_without_readers(each, absent) for each in section.questions),
        )
        for section in form.sections
    )
    return replace(form, sections=tuple(sections))


def _without_readers(question: Question, absent: tuple[Audience, ...]) -> Question:
    return replace(
        question, who_sees=tuple(reader for reader in question.who_sees if reader not in absent)
    )


def options(*rows: tuple[str, str, str]) -> tuple[Option, ...]:
    """Return options from rows of value, English and Arabic."""
    return tuple(Option(value, both(en, ar)) for value, en, ar in rows)


FULL_NAME = Question(
    "full_name",
    "text",
    both("Full name", "الاسم الكامل"),
    hint=both("As in your passport, in any script.", "كما في جواز سفرك، وبأي كتابة."),
    who_sees=PANEL + WRITERS,
    limit=Limit.of("characters", most=200),
    autocomplete="name",
    means=(
        Meaning.APPLICANT_NAME,
        Meaning.SUBJECT_NAME,
    ),
)
GENDER = Question(
    "gender",
    "choice",
    both("Gender", "الجنس"),
    why=both(
        "For balance figures, and for places that favour women. It never changes a score.",
        "لإحصاءات التوازن وللمقاعد التي تعطي الأولوية للنساء. لا يغيّر أي درجة.",
    ),
    who_sees=OFFICE,
    options=options(
        ("woman", "Woman", "امرأة"),
        ("man", "Man", "رجل"),
        ("other", "Another gender", "جنس آخر"),
        ("unstated", "I prefer not to say", "أفضل عدم الإجابة"),
    ),
    is_sensitive=True,
    means=(Meaning.GENDER,),
)
DATE_OF_BIRTH = Question(
    "date_of_birth",
    "date",
    both("Date of birth", "تاريخ الميلاد"),
    why=both("The age limits are checked against it.", "تُفحص حدود السن بناءً عليه."),
    who_sees=OFFICE_HOSTS,
    autocomplete="bday",
    is_sensitive=True,
    means=(Meaning.BIRTH_DATE,),
)
CITIZENSHIP = Question(
    "citizenship",
    "country",
    both("Citizenship", "الجنسية"),
    hint=both(
        "The country that issued the passport you will travel with. Refugees: the country whose"
        " citizen you are. Whoever is stateless says so at the end of the list.",
        "البلد الذي أصدر جواز السفر الذي ستسافر به. اللاجئون: البلد الذي تحمل جنسيته. ومن كان عديم"
        " الجنسية يذكر ذلك في نهاية القائمة.",
    ),
    why=both(
        "Some places are for citizens of certain countries.",
        "بعض المقاعد مخصصة لمواطني بلدان معينة.",
    ),
    who_sees=PANEL,
    means=(Meaning.COUNTRY,),
    also=(STATELESS, UNSETTLED),
)
SECOND_CITIZENSHIP = Question(
    "second_citizenship",
    "country",
    both("Second citizenship", "جنسية ثانية"),
    hint=both("Only if you hold another one.", "فقط إذا كنت تحمل جنسية أخرى."),
    who_sees=OFFICE_HOSTS,
    required=False,
    means=(Meaning.SECOND_COUNTRY,),
)
RESIDENCE = Question(
    "residence",
    "country",
    both("Country you live in", "بلد الإقامة"),
    who_sees=PANEL,
    autocomplete="country",
)
PHONE = Question(
    "phone",
    "text",
    both("Telephone", "الهاتف"),
    hint=both(
        "With the country code. Only used when mail does not reach you.",
        "مع رمز البلد. يُستخدم فقط إذا تعذر الوصول إليك بالبريد.",
    ),
    who_sees=OFFICE_HOSTS,
    required=False,
    limit=Limit.of("characters", most=40),
    autocomplete="tel",
    is_sensitive=True,
)
TITLE = Question(
    "title",
    "text",
    both("Title of the proposal", "عنوان المقترح"),
    hint=both(
        "One line that a scientist of another field understands.",
        "سطر واحد يفهمه عالم من تخصص آخر.",
    ),
    who_sees=JUDGES + WRITERS,
    limit=Limit.of("characters", most=200),
    means=(Meaning.TITLE,),
)
KEYWORDS = Question(
    "keywords",
    "text",
    both("Keywords", "الكلمات المفتاحية"),
    hint=both("Three to six, separated by commas.", "من ثلاث إلى ست، تفصل بينها فواصل."),
    why=both("They find reviewers who know your subject.", "تساعد في إيجاد محكّمين يعرفون موضوعك."),
    who_sees=JUDGES,
    limit=Limit.of("characters", most=200),
    means=(Meaning.KEYWORDS,),
)
TRUTH = Question(
    "statement_true",
    "statement",
    both(
        "Everything that I write here is true, and I can show the originals.",
        "كل ما أكتبه هنا صحيح، ويمكنني تقديم الأصول.",
    ),
    who_sees=OFFICE_HOSTS,
)
PERSONAL_DATA = Question(
    "statement_data",
    "statement",
    both(
        "I agree that the people named beside each question may read my answers to decide on them.",
        "أوافق على أن يطّلع الأشخاص المذكورون بجانب كل سؤال على إجاباتي للبت فيها.",
    ),
    who_sees=OFFICE_HOSTS,
)


def referee(position: int, en: str, ar: str) -> Question:
    """Return the question that names one referee."""
    return Question(
        f"referee_{position}",
        "person",
        both(en, ar),
        hint=both(
            "Somebody who has taught or supervised you and is not a relative. They get a link; no"
            " account is needed.",
            "شخص درّسك أو أشرف عليك وليس من أقاربك. يصله رابط ولا يحتاج إلى حساب.",
        ),
        why=both(
            "You see whether the letter has arrived, never what it says.",
            "ترى إن كانت الرسالة قد وصلت، ولا ترى مضمونها أبدًا.",
        ),
        who_sees=PANEL,
    )


# Nine subject codes of the CAS-TWAS fellowship of 2018, used as the vocabulary of all kinds.
SUBJECTS = options(
    ("01", "Agricultural sciences", "العلوم الزراعية"),
    ("02", "Structural, cell and molecular biology", "البيولوجيا البنيوية والخلوية والجزيئية"),
    ("03", "Biological systems and organisms", "النظم والكائنات البيولوجية"),
    (
        "04",
        "Medical and health sciences, including neuroscience",
        "العلوم الطبية والصحية بما فيها علم الأعصاب",
    ),
    ("05", "Chemical sciences", "العلوم الكيميائية"),
    ("06", "Engineering sciences", "العلوم الهندسية"),
    ("07", "Astronomy, space and earth sciences", "علوم الفلك والفضاء والأرض"),
    ("08", "Mathematical sciences", "العلوم الرياضية"),
    ("09", "Physics", "الفيزياء"),
)
SUBJECT = Question(
    "subject",
    "choice",
    both("Subject", "التخصص"),
    hint=both("The nearest of the nine groups.", "الأقرب من المجموعات التسع."),
    who_sees=JUDGES,
    options=SUBJECTS,
    means=(Meaning.EXPERTISE,),
)

WOMEN = Group(
    "women", both("women", "النساء"), Meaning.GENDER, values=("woman",), is_sensitive=True
)
LDC, LLDC, SIDS, DEVELOPING = (
    Group(key, both(en, ar), Meaning.COUNTRY, country_class=key)
    for key, en, ar in (
        ("LDC", "people from least developed countries", "القادمون من أقل البلدان نموًا"),
        (
            "LLDC",
            "people from landlocked developing countries",
            "القادمون من البلدان النامية غير الساحلية",
        ),
        (
            "SIDS",
            "people from small island developing states",
            "القادمون من الدول الجزرية الصغيرة النامية",
        ),
        ("developing", "people from developing countries", "القادمون من البلدان النامية"),
    )
)

DEGREES = Question(
    "degrees",
    "degrees",
    both("All your degrees", "جميع شهاداتك"),
    hint=both(
        "Each with its grade and the scale of that grade: the best one and the lowest that passes.",
        "كل شهادة مع درجتها وسلّم تلك الدرجة: أعلى درجة فيه وأدنى درجة للنجاح.",
    ),
    who_sees=PANEL + AGREEING,
    required=False,
    limit=Limit.of("entries", most=6),
)
PUBLICATIONS = Question(
    "publications",
    "publications",
    both("Publications", "المنشورات"),
    hint=both(
        "By DOI where there is one. Whoever judges looks them up there.",
        "بمعرّف DOI إن وُجد. يبحث عنها من يقيّم هناك.",
    ),
    who_sees=PANEL + AGREEING,
    required=False,
    limit=Limit.of("entries", most=10),
)
ORCID = Question(
    "orcid",
    "orcid",
    both("ORCID iD", "معرّف ORCID"),
    who_sees=PANEL + AGREEING,
    required=False,
)


def organisation_and_country(
    label: Text, country: Text, *, readers: tuple[Audience, ...] = JUDGES
) -> tuple[Question, Question]:
    """Return the questions for the organisation that applies and for its country."""
    return (
        Question(
            "organisation",
            "text",
            label,
            hint=both("Its full name, not an acronym alone.", "اسمها الكامل، لا المختصر وحده."),
            who_sees=readers,
            limit=Limit.of("characters", most=200),
            means=(Meaning.APPLICANT_ORGANISATION,),
        ),
        Question("citizenship", "country", country, who_sees=readers, means=(Meaning.COUNTRY,)),
    )


DECLARATIONS = Section("declarations", both("Declarations", "الإقرارات"), (TRUTH, PERSONAL_DATA))
