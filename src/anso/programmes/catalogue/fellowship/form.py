"""What the fellowship asks of applicants."""

from __future__ import annotations

from anso.kernel.questions import Equals, Form, Limit, Meaning, OneOf, Question, Section
from anso.programmes.catalogue import bank
from anso.programmes.catalogue.bank import (
    AGREEING,
    JUDGES,
    OFFICE_HOSTS,
    PANEL,
    PDF,
    PDF_OR_SCAN,
    SEVERAL_SCANS,
    both,
    options,
)

ABOUT_YOU = Section(
    "about_you",
    both("About you", "عنك"),
    (
        bank.FULL_NAME,
        bank.GENDER,
        bank.DATE_OF_BIRTH,
        bank.CITIZENSHIP,
        bank.SECOND_CITIZENSHIP,
        bank.RESIDENCE,
        bank.PHONE,
        Question(
            "passport_valid_until",
            "date",
            both("Passport valid until", "جواز السفر صالح حتى"),
            hint=both(
                "At least two years after the closing day. A travel document for refugees or"
                " stateless people counts as a passport.",
                "لمدة سنتين على الأقل بعد آخر يوم للتقديم. وتُعد وثيقة سفر اللاجئين أو عديمي الجنسية"
                " جواز سفر.",
            ),
            who_sees=OFFICE_HOSTS,
        ),
        Question(
            "passport",
            "file",
            both("Passport", "جواز السفر"),
            hint=both(
                "The page with your photograph. A travel document for refugees or stateless people"
                " counts as a passport.",
                "الصفحة التي تحمل صورتك. وتُعد وثيقة سفر اللاجئين أو عديمي الجنسية جواز سفر.",
            ),
            who_sees=OFFICE_HOSTS,
            file=PDF_OR_SCAN,
            is_sensitive=True,
        ),
    ),
)

CHOICES = Section(
    "choices",
    both("What you apply for", "ما الذي تتقدم له"),
    (
        Question(
            "level",
            "choice",
            both("Level of study", "مستوى الدراسة"),
            who_sees=JUDGES,
            options=options(("master", "Master's", "ماجستير"), ("phd", "Doctoral", "دكتوراه")),
            means=(Meaning.CATEGORY,),
        ),
        Question(
            "hosts",
            "ranking",
            both("Host universities in the order you prefer", "الجامعات المضيفة حسب تفضيلك"),
            hint=both(
                "One or both. You get at most one place.",
                "واحدة أو كلتاهما. تحصل على مقعد واحد على الأكثر.",
            ),
            who_sees=PANEL,
            limit=Limit.of("choices", least=1, most=2),
            options=options(
                (
                    "UCAS",
                    "University of Chinese Academy of Sciences",
                    "جامعة الأكاديمية الصينية للعلوم",
                ),
                (
                    "USTC",
                    "University of Science and Technology of China",
                    "جامعة العلوم والتكنولوجيا في الصين",
                ),
            ),
            means=(Meaning.PREFERENCE,),
        ),
        bank.SUBJECT,
        Question(
            "supervisor_ucas",
            "person",
            both(
                "Supervisor at UCAS or an institute of the academy",
                "المشرف في الجامعة أو في أحد معاهد الأكاديمية",
            ),
            hint=both(
                "Somebody who would guide your work there. Name them early.",
                "من يوجّه عملك هناك. سمِّه مبكرًا.",
            ),
            who_sees=PANEL,
            condition=Equals("hosts", "UCAS"),
        ),
    ),
)

EDUCATION = Section(
    "education",
    both("Education", "التعليم"),
    (
        Question(
            "highest_degree",
            "choice",
            both("Highest degree, held or expected", "أعلى شهادة، محصلة أو متوقعة"),
            who_sees=JUDGES,
            options=options(
                ("bachelor", "Bachelor's", "بكالوريوس"),
                ("master", "Master's", "ماجستير"),
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
        Question(
            "degree_institution",
            "text",
            both("University that awards it", "الجامعة المانحة"),
            who_sees=PANEL,
            limit=Limit.of("characters", most=200),
            means=(Meaning.ORGANISATION,),
        ),
        Question(
            "degree_country",
            "country",
            both("Country of that university", "بلد تلك الجامعة"),
            who_sees=PANEL,
        ),
        Question(
            "is_degree_expected",
            "yesno",
            both("Is this degree still to come?", "هل لم تصدر هذه الشهادة بعد؟"),
            who_sees=OFFICE_HOSTS,
        ),
        Question(
            "pre_graduation_certificate",
            "file",
            both("Official pre-graduation certificate", "شهادة رسمية قبل التخرج"),
            hint=both(
                "From your university, with the expected date.", "من جامعتك، مع التاريخ المتوقع."
            ),
            who_sees=OFFICE_HOSTS,
            condition=Equals("is_degree_expected", True),
            file=PDF_OR_SCAN,
        ),
        Question(
            "degree_certificates",
            "file",
            both("Degree certificates", "الشهادات الجامعية"),
            hint=both(
                "Bachelor's, and master's for a doctoral place, with a translation into English or"
                " Chinese.",
                "البكالوريوس، والماجستير لمقعد الدكتوراه، مع ترجمة إلى الإنجليزية أو الصينية.",
            ),
            who_sees=PANEL,
            condition=Equals("is_degree_expected", False),
            file=SEVERAL_SCANS,
        ),
        Question(
            "transcripts",
            "file",
            both("Transcripts of grades", "كشوف الدرجات"),
            who_sees=PANEL + AGREEING,
            file=SEVERAL_SCANS,
        ),
        bank.DEGREES,
        Question(
            "academic_record",
            "longtext",
            both("Academic record in words", "السجل الأكاديمي بالكلمات"),
            hint=both(
                "Degrees, grades with their scale, rank in class, prizes. Do not give your name.",
                "الشهادات والدرجات مع مقياسها والترتيب في الدفعة والجوائز. لا تذكر اسمك.",
            ),
            why=both(
                "Reviewers read this; they do not see your certificates.",
                "يقرأ المحكّمون هذا؛ ولا يرون شهاداتك.",
            ),
            who_sees=JUDGES,
            limit=Limit.of("words", most=300),
        ),
        Question(
            "is_doctoral_student_in_china",
            "yesno",
            both(
                "Are you in a doctoral programme in China now?",
                "هل أنت الآن في برنامج دكتوراه في الصين؟",
            ),
            who_sees=OFFICE_HOSTS,
        ),
    ),
)

LANGUAGES = Section(
    "languages",
    both("Languages", "اللغات"),
    (
        Question(
            "language_proofs",
            "multichoice",
            both("Which language can you prove?", "أي لغة يمكنك إثباتها؟"),
            who_sees=OFFICE_HOSTS,
            options=options(
                ("en", "English", "الإنجليزية"),
                ("zh", "Chinese", "الصينية"),
                ("none", "None of these", "لا شيء منها"),
            ),
            means=(Meaning.LANGUAGE_PROOF,),
        ),
        Question(
            "language_certificate",
            "file",
            both("Proof of language", "إثبات اللغة"),
            hint=both(
                "A test result, or a letter that you studied in that language. For study in"
                " Chinese: HSK 4.",
                "نتيجة اختبار، أو رسالة تفيد بأنك درست بتلك اللغة. للدراسة بالصينية: HSK 4.",
            ),
            who_sees=OFFICE_HOSTS,
            condition=OneOf("language_proofs", ("en", "zh")),
            file=SEVERAL_SCANS,
        ),
    ),
)

PROPOSAL = Section(
    "proposal",
    both("Research proposal", "مقترح البحث"),
    (
        bank.TITLE,
        bank.KEYWORDS,
        Question(
            "proposal",
            "longtext",
            both("The proposal", "المقترح"),
            hint=both(
                "The question, what is known, what you will do, and when. Do not give your name.",
                "السؤال، وما هو معروف، وما ستفعله، ومتى. لا تذكر اسمك.",
            ),
            who_sees=JUDGES + AGREEING,
            limit=Limit.of("words", least=300, most=1500),
            means=(Meaning.ABSTRACT,),
        ),
        Question(
            "figures",
            "file",
            both("Figures and references", "الأشكال والمراجع"),
            hint=both("At most four pages, without your name.", "أربع صفحات على الأكثر، دون اسمك."),
            who_sees=JUDGES + AGREEING,
            required=False,
            file=PDF,
        ),
        Question(
            "relevance",
            "longtext",
            both("What it means for sustainable development", "أهميته للتنمية المستدامة"),
            hint=both(
                "Who could use the result, and where.", "من يمكنه الاستفادة من النتيجة، وأين."
            ),
            who_sees=JUDGES,
            limit=Limit.of("words", most=300),
        ),
        Question(
            "experience",
            "longtext",
            both("Research so far", "الأبحاث حتى الآن"),
            hint=both(
                "Projects, methods, publications. Do not give your name.",
                "المشاريع والأساليب والمنشورات. لا تذكر اسمك.",
            ),
            who_sees=JUDGES,
            limit=Limit.of("words", most=400),
            means=(Meaning.PUBLICATIONS,),
        ),
        bank.PUBLICATIONS,
        bank.ORCID,
        Question(
            "cv",
            "file",
            both("Curriculum vitae with research experience", "السيرة الذاتية مع الخبرة البحثية"),
            who_sees=PANEL + AGREEING,
            file=PDF,
        ),
    ),
)

REFEREES = Section(
    "referees",
    both("Referees", "المُزكّون"),
    (
        bank.referee(1, "First referee", "المُزكّي الأول"),
        bank.referee(2, "Second referee", "المُزكّي الثاني"),
    ),
)

DECLARATIONS = Section(
    "declarations",
    both("Declarations", "الإقرارات"),
    (
        Question(
            "commits_full_time",
            "yesno",
            both(
                "Will you take no other assignment during the award?",
                "هل تتعهد بعدم تولي أي مهمة أخرى خلال فترة المنحة؟",
            ),
            who_sees=OFFICE_HOSTS,
        ),
        bank.TRUTH,
        bank.PERSONAL_DATA,
    ),
)

FORM = Form(
    (CHOICES, ABOUT_YOU, EDUCATION, LANGUAGES, PROPOSAL, REFEREES, DECLARATIONS),
    label=both("Application", "الطلب"),
)

CHECK_KEYS = (
    "level",
    "date_of_birth",
    "citizenship",
    "second_citizenship",
    "passport_valid_until",
    "highest_degree",
    "degree_awarded_on",
    "is_doctoral_student_in_china",
    "language_proofs",
    "commits_full_time",
)
