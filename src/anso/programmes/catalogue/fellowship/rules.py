"""Who may apply for the fellowship: rules of the programme, and of each host."""

from __future__ import annotations

from anso.kernel.eligibility import Rule, RuleSet, Standard
from anso.kernel.questions import Equals
from anso.programmes.catalogue.bank import both

MASTER = Equals("level", "master")
DOCTORAL = Equals("level", "phd")
HOSTS_2022 = "Admission guide of the host, 2022 edition"

PROGRAMME_RULES = RuleSet(
    "programme",
    both("Rules of the programme", "قواعد البرنامج"),
    (
        Rule(
            "F2",
            "citizenship_not",
            both("You are not a citizen of China.", "لست من مواطني الصين."),
            {"countries": ["CN"]},
            "Call of 2020",
        ),
        Rule(
            "F3",
            "age_at_most",
            both(
                "For a master's place you are at most 30 on 31 December of the year of intake.",
                "لمقعد الماجستير لا يتجاوز عمرك 30 سنة في 31 ديسمبر من سنة الالتحاق.",
            ),
            {"age": 30, "on": "intake-12-31"},
            "Calls of 2020 and 2021",
            MASTER,
        ),
        Rule(
            "F4",
            "age_at_most",
            both(
                "For a doctoral place you are at most 35 on 31 December of the year of intake.",
                "لمقعد الدكتوراه لا يتجاوز عمرك 35 سنة في 31 ديسمبر من سنة الالتحاق.",
            ),
            {"age": 35, "on": "intake-12-31"},
            "Calls of 2020 and 2021",
            DOCTORAL,
        ),
        Rule(
            "F5",
            "degree_held_before",
            both(
                "For a master's place you hold a bachelor's degree before 1 September of the year"
                " of intake.",
                "لمقعد الماجستير تكون حاصلًا على البكالوريوس قبل 1 سبتمبر من سنة الالتحاق.",
            ),
            {"degree": "bachelor", "day": "intake-09-01"},
            "Model: the doctoral rule of 2024, applied to the degree below",
            MASTER,
        ),
        Rule(
            "F6",
            "degree_held_before",
            both(
                "For a doctoral place you hold a master's degree before 1 September of the year of"
                " intake.",
                "لمقعد الدكتوراه تكون حاصلًا على الماجستير قبل 1 سبتمبر من سنة الالتحاق.",
            ),
            {"degree": "master", "day": "intake-09-01"},
            "Call of 2024",
            DOCTORAL,
        ),
        Rule(
            "F7",
            "answer_is",
            both(
                "You are not already in a doctoral programme at a university in China.",
                "لست مسجلًا حاليًا في برنامج دكتوراه بجامعة في الصين.",
            ),
            {"fact": "is_doctoral_student_in_china", "value": False},
            "Call of 2024",
        ),
        Rule(
            "F8",
            "language_proof",
            both(
                "You can prove that you know English or Chinese.",
                "يمكنك إثبات معرفتك بالإنجليزية أو الصينية.",
            ),
            {"languages": ["en", "zh"]},
            "Call of 2020",
        ),
        Rule(
            "F9",
            "day_on_or_after",
            both(
                "Your passport is valid for at least two years after the closing day.",
                "جواز سفرك صالح لمدة سنتين على الأقل بعد آخر يوم للتقديم.",
            ),
            {"fact": "passport_valid_until", "day": "closing+2"},
            "Call of 2020 (two years); counted from the closing day: model",
        ),
        Rule(
            "F10",
            "answer_is",
            both(
                "You take no other assignment during the award.",
                "لا تتولى أي مهمة أخرى خلال فترة المنحة.",
            ),
            {"fact": "commits_full_time", "value": True},
            "Call of 2020",
        ),
        Rule(
            "F14",
            "differs",
            both("Your referees are other people than you.", "من يزكّونك أشخاص غيرك."),
            {
                "fact": ["full_name", "applicant_addresses"],
                "other": ["referee_1", "referee_2"],
                "compares": "people",
            },
            "Model: ours; nobody recommends themselves",
        ),
        Rule(
            "F11",
            "citizenship_in_class",
            both(
                "Citizens of developing countries may also get one of the TWAS-UNESCO doctoral"
                " places.",
                "يمكن لمواطني البلدان النامية أيضًا الحصول على أحد مقاعد الدكتوراه الخاصة ببرنامج"
                " TWAS واليونسكو.",
            ),
            {"class": "developing"},
            "Three-party agreement of May 2022",
            DOCTORAL,
            Standard.FAVOURED,
        ),
        Rule(
            "F12",
            "citizenship_in_class",
            both(
                "Citizens of least developed countries are favoured for the TWAS-UNESCO places.",
                "تُعطى الأولوية لمواطني أقل البلدان نموًا في مقاعد TWAS واليونسكو.",
            ),
            {"class": "LDC"},
            "Three-party agreement of May 2022",
            DOCTORAL,
            Standard.FAVOURED,
        ),
        Rule(
            "F13",
            "answer_one_of",
            both(
                "Women are favoured for the TWAS-UNESCO places.",
                "تُعطى الأولوية للنساء في مقاعد TWAS واليونسكو.",
            ),
            {"fact": "gender", "values": ["woman"]},
            "Three-party agreement of May 2022",
            DOCTORAL,
            Standard.FAVOURED,
        ),
    ),
)

UCAS_RULES = RuleSet(
    "ucas",
    both("Rules of UCAS", "قواعد جامعة الأكاديمية الصينية للعلوم"),
    (),
    host="UCAS",
    intro=both(
        "A supervisor at UCAS or an institute of the academy is named in the application; what"
        " their agreement is needed for stands under “Letters”.",
        "يُسمّى في الطلب مشرف في الجامعة أو في أحد معاهد الأكاديمية؛ وما تلزم له موافقته مذكور تحت"
        " «الرسائل».",
    ),
)

USTC_RULES = RuleSet(
    "ustc",
    both("Rules of USTC", "قواعد جامعة العلوم والتكنولوجيا في الصين"),
    (
        Rule(
            "U1",
            "age_at_most",
            both(
                "For master's study at USTC you are at most 40 on 1 September of the year of"
                " intake.",
                "لدراسة الماجستير في الجامعة لا يتجاوز عمرك 40 سنة في 1 سبتمبر من سنة الالتحاق.",
            ),
            {"age": 40, "on": "intake-09-01"},
            HOSTS_2022,
            MASTER,
        ),
        Rule(
            "U2",
            "age_at_most",
            both(
                "For doctoral study at USTC you are at most 45 on 1 September of the year of"
                " intake.",
                "لدراسة الدكتوراه في الجامعة لا يتجاوز عمرك 45 سنة في 1 سبتمبر من سنة الالتحاق.",
            ),
            {"age": 45, "on": "intake-09-01"},
            HOSTS_2022,
            DOCTORAL,
        ),
        Rule(
            "U3",
            "day_on_or_before",
            both(
                "If your degree is still to come, it is completed by the end of July of the year of"
                " intake.",
                "إذا كانت شهادتك لم تصدر بعد، تكتمل قبل نهاية يوليو من سنة الالتحاق.",
            ),
            {"fact": "degree_awarded_on", "day": "intake-07-31"},
            HOSTS_2022,
        ),
    ),
    host="USTC",
    intro=both(
        "No supervisor is needed to apply; one is proposed after the interview.",
        "لا حاجة إلى مشرف عند التقديم؛ يُقترح مشرف بعد المقابلة.",
    ),
)
