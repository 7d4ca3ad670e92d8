"""Those who take part in a training course (strategic plan 3.3): a call of their own for each
course that was selected.
"""

from __future__ import annotations

from anso.kernel.eligibility import Rule, RuleSet
from anso.kernel.questions import Audience
from anso.kernel.terms import (
    Benefit,
    EntryKind,
    LetterWords,
    PlaceNode,
    PlaceReserve,
    Publication,
)
from anso.programmes.catalogue.agreeing import READ_OF_APPLICATION, SEND, agreement, agreement_form
from anso.programmes.catalogue.bank import (
    LDC,
    WOMEN,
    both,
    without_readers,
)
from anso.programmes.catalogue.judging import criterion, open_rubric
from anso.programmes.catalogue.trainee.form import FORM
from anso.programmes.kinds import ApplicantKind, ProgrammeKind, StagePlan, Window
from anso.programmes.outcomes import Places

SUPERIOR_WORDS = LetterWords(
    name=both("leave from the institution", "إذن المؤسسة"),
    promised=both("The leave of your institution.", "إذن مؤسستك."),
    heading=both("Do you let {applicant} go?", "هل تأذن لـ{applicant} بالمشاركة؟"),
    request=both(
        "{applicant} applies for {call} and names you as head or supervisor. Does your institution"
        " let them go for the days of the course?",
        "يتقدم {applicant} إلى {call} ويذكرك رئيسًا أو مشرفًا. هل تأذن مؤسستك له بأيام الدورة؟",
    ),
    unanswered=both(
        "Both yes and no help: without a yes no place is given.",
        "الإجابة بنعم أو بلا مفيدة: فبدون «نعم» لا يُمنح مقعد.",
    ),
    readers=READ_OF_APPLICATION,
    button=SEND,
)

RULES = RuleSet(
    "programme",
    both("Rules of the course", "قواعد الدورة"),
    (
        Rule(
            "N1",
            "answer_is",
            both(
                "You can follow and take part in the language of the course.",
                "تستطيع متابعة الدورة والمشاركة بلغتها.",
            ),
            {"fact": "follows", "value": True},
            "Model: training schools of COST",
        ),
        Rule(
            "N2",
            "answer_is",
            both(
                "You are there from the first day to the last.",
                "تحضر من أول يوم إلى آخر يوم.",
            ),
            {"fact": "stays", "value": True},
            "model: ours; a place that is left early was somebody's",
        ),
        Rule(
            "N3",
            "answer_one_of",
            both(
                "You work in science, its teaching, its management or its policy.",
                "تعمل في العلوم أو تدريسها أو إدارتها أو سياساتها.",
            ),
            {
                "fact": "role",
                "values": ["research", "teaching", "management", "policy", "doctoral"],
            },
            "Measures of the academy for training courses, read in a copy elsewhere: doubtful",
        ),
        Rule(
            "N4",
            "answer_one_of",
            both("You hold a bachelor's degree or more.", "تحمل شهادة البكالوريوس أو أعلى."),
            {"fact": "highest_degree", "values": ["bachelor", "master", "doctor"]},
            "model: ours",
        ),
        Rule(
            "N5",
            "differs",
            both(
                "Whoever lets you go is somebody else than you.",
                "من يأذن لك شخص غيرك.",
            ),
            {
                "fact": ["superior"],
                "other": ["full_name", "applicant_addresses"],
                "compares": "people",
            },
            "model: ours",
        ),
    ),
)

RUBRIC = open_rubric(
    criterion(
        "use",
        both("Use", "الفائدة"),
        "0.5",
        both(
            "What they will do with it, and whom they will teach.",
            "ما سيفعلونه به ومن سيعلّمون.",
        ),
    ),
    criterion(
        "readiness",
        both("Readiness", "الاستعداد"),
        "0.3",
        both("They can follow, and have not learned it yet.", "يمكنهم المتابعة ولم يتعلموه بعد."),
    ),
    criterion(
        "need",
        both("Need", "الحاجة"),
        "0.2",
        both("It cannot be learned where they are.", "لا يمكن تعلمه حيث هم."),
    ),
    reviews_each=2,
)

TRAINEE = ProgrammeKind(
    code="trainee",
    name=both("Places in Training Courses", "مقاعد الدورات التدريبية"),
    summary=both(
        "Places for scientists, teachers and managers of science in a course of the alliance.",
        "مقاعد للعلماء والمدرسين ومديري العلوم في دورة من دورات التحالف.",
    ),
    plan_section="3.3",
    division="capacity-building",
    number_code="N",
    applicant=ApplicantKind.PERSON,
    entry=EntryKind.APPLICATION,
    parts_of=("course",),
    outcome=Places(
        (PlaceNode("all", both("Places in the course", "مقاعد الدورة"), 30),),
        reserves=(PlaceReserve("women", 12), PlaceReserve("LDC", 6)),
        country_ceiling=2,
    ),
    window=Window(opens="intake-01-15", closes="intake-03-15", zone="Asia/Shanghai"),
    stages=(
        StagePlan("applications", "applications", both("Applications", "تقديم الطلبات")),
        StagePlan(
            "screening", "screening", both("Eligibility check", "فحص الأهلية"), after=1, lasts=10
        ),
        StagePlan("review", "review", both("Review", "التحكيم"), after=11, lasts=14),
        StagePlan(
            "panel", "panel", both("Meeting of the hosts", "اجتماع الجهات المضيفة"), after=26
        ),
        StagePlan("decision", "decision", both("Decision", "القرار"), after=27, lasts=3),
        StagePlan("release", "release", both("Results", "النتائج"), after=31, lasts=1),
        StagePlan("offers", "offers", both("Offers", "العروض"), after=31, lasts=30),
    ),
    form=without_readers(FORM, Audience.HOSTS),
    letters=(
        agreement(
            "superior",
            ("superior",),
            SUPERIOR_WORDS,
            agreement_form(
                both("Do you let this person go?", "هل تأذن لهذا الشخص؟"),
                both("How your institution will use it", "كيف ستستفيد مؤسستك من ذلك"),
            ),
            days=7,
            minutes=1,
        ),
    ),
    check_keys=("highest_degree", "role", "follows", "stays"),
    rule_sets=(RULES,),
    rubric=RUBRIC,
    groups=(WOMEN, LDC),
    figures=("women", "LDC"),
    benefits=(
        Benefit(
            "stay",
            both(
                "Lodging and meals for the days of the course", "الإقامة والوجبات خلال أيام الدورة"
            ),
            both("The alliance and the host", "التحالف والجهة المضيفة"),
            per="once",
        ),
        Benefit(
            "travel",
            both("One journey in economy class", "رحلة واحدة بالدرجة السياحية"),
            both("The alliance", "التحالف"),
            per="once",
        ),
    ),
    offer_days=10,
    publishes=Publication.NUMBERS,
    appeals_days=7,
    sources={
        "places": "Model: courses of COSPAR, 30 to 35 people",
        "country_ceiling": "Model: at most two accepted from one country",
        "reserves": "model: shares of women and of least developed countries are ours",
        "letters.superior": "model: ours",
        "benefits.stay": "model",
        "benefits.travel": "model",
        "window": "model",
        "stages": "model",
        "rubric": "model: weights and scale are ours",
        "offer_days": "model: time for a visa must be left",
        "appeals_days": "model: ours",
        "publishes": "model: ours",
    },
)
