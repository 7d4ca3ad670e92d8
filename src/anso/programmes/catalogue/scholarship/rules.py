"""Who may receive a scholarship, by its class."""

from __future__ import annotations

from anso.kernel.eligibility import Rule, RuleSet
from anso.kernel.questions import Equals, OneOf
from anso.programmes.catalogue.bank import both
from anso.programmes.catalogue.scholarship.form import DISTINGUISHED, POSTDOCTORAL, VISITING

IS_DISTINGUISHED, IS_VISITING, IS_POSTDOCTORAL = (
    Equals("level", each) for each in (DISTINGUISHED, VISITING, POSTDOCTORAL)
)
FELLOWSHIPS_OF_THE_ACADEMY = "Model: international fellowships of the academy, 2014 to 2016"

RULES = RuleSet(
    "programme",
    both("Rules of the programme", "قواعد البرنامج"),
    (
        Rule(
            "S1",
            "citizenship_not",
            both("The scholar is not a citizen of China.", "الباحث ليس من مواطني الصين."),
            {"countries": ["CN"], "facts": ["citizenship"]},
            FELLOWSHIPS_OF_THE_ACADEMY,
        ),
        Rule(
            "S2",
            "degree_held_before",
            both(
                "Visiting scholars and postdoctoral researchers hold a doctorate before the stay"
                " of the year begins, on 1 January.",
                "يحمل الباحثون الزائرون وباحثو ما بعد الدكتوراه شهادة الدكتوراه قبل 1 يناير من سنة"
                " الإقامة.",
            ),
            {"degree": "doctor", "day": "intake-01-01"},
            "Model: visiting scholars of the academy and TWAS",
            OneOf("level", (VISITING, POSTDOCTORAL)),
        ),
        Rule(
            "S3",
            "age_at_most",
            both(
                "Postdoctoral researchers are at most 34 on 31 December of the year before the"
                " stay.",
                "لا يتجاوز عمر باحثي ما بعد الدكتوراه 34 سنة في 31 ديسمبر من السنة السابقة"
                " للإقامة.",
            ),
            {"age": 34, "on": "intake-1-12-31"},
            "Model: fellowships of the academy, 2014: under 35",
            IS_POSTDOCTORAL,
        ),
        Rule(
            "S4",
            "age_at_most",
            both(
                "Visiting scholars are at most 55 on 31 December of the year before the stay.",
                "لا يتجاوز عمر الباحثين الزائرين 55 سنة في 31 ديسمبر من السنة السابقة للإقامة.",
            ),
            {"age": 55, "on": "intake-1-12-31"},
            "Model: visiting scholars of the academy and TWAS",
            IS_VISITING,
        ),
        Rule(
            "S5",
            "count_at_least",
            both(
                "Visiting scholars have at least 5 years of research since their doctorate.",
                "للباحثين الزائرين 5 سنوات من البحث على الأقل منذ الدكتوراه.",
            ),
            {"fact": "years_experience", "least": 5},
            "Model: visiting scholars of the academy and TWAS",
            IS_VISITING,
        ),
        Rule(
            "S6",
            "answer_one_of",
            both(
                "Visiting scholars are assistant professors or above.",
                "الباحثون الزائرون برتبة أستاذ مساعد أو أعلى.",
            ),
            {"fact": "rank", "values": ["professor", "associate", "assistant"]},
            FELLOWSHIPS_OF_THE_ACADEMY,
            IS_VISITING,
        ),
        Rule(
            "S7",
            "count_at_most",
            both(
                "Distinguished scientists stay at most 2 weeks.",
                "لا تتجاوز إقامة العلماء المتميزين أسبوعين (2).",
            ),
            {"fact": "weeks", "most": 2},
            FELLOWSHIPS_OF_THE_ACADEMY,
            IS_DISTINGUISHED,
        ),
        Rule(
            "S8",
            "count_at_least",
            both(
                "Distinguished scientists visit at least 2 institutes.",
                "يزور العلماء المتميزون معهدين (2) على الأقل.",
            ),
            {"fact": "institutes", "least": 2},
            FELLOWSHIPS_OF_THE_ACADEMY,
            IS_DISTINGUISHED,
        ),
        Rule(
            "S9",
            "count_at_most",
            both(
                "Visiting scholars stay from 1 to 12 months.",
                "تتراوح إقامة الباحثين الزائرين بين شهر (1) و12 شهرًا.",
            ),
            {"fact": "months", "most": 12},
            FELLOWSHIPS_OF_THE_ACADEMY,
            IS_VISITING,
        ),
        Rule(
            "S10",
            "count_at_most",
            both(
                "Postdoctoral researchers stay at most 24 months.",
                "لا تتجاوز إقامة باحثي ما بعد الدكتوراه 24 شهرًا.",
            ),
            {"fact": "months", "most": 24},
            "model: ours",
            IS_POSTDOCTORAL,
        ),
        Rule(
            "S11",
            "count_at_least",
            both(
                "Postdoctoral researchers stay at least 12 months.",
                "لا تقل إقامة باحثي ما بعد الدكتوراه عن 12 شهرًا.",
            ),
            {"fact": "months", "least": 12},
            "model: ours",
            IS_POSTDOCTORAL,
        ),
        Rule(
            "S12",
            "differs",
            both(
                "The host is another institution than the one where the scholar works.",
                "المؤسسة المضيفة غير المؤسسة التي يعمل فيها الباحث.",
            ),
            {
                "fact": "host_organisation",
                "other": "scholar_organisation",
                "compares": "organisations",
            },
            "Model: ours; a visit goes somewhere else",
        ),
        Rule(
            "S13",
            "same_organisation",
            both(
                "Whoever receives the scholar belongs to the host.",
                "ينتمي من يستقبل الباحث إلى المؤسسة المضيفة.",
            ),
            {"fact": "host_contact", "other": "host_organisation"},
            FELLOWSHIPS_OF_THE_ACADEMY,
        ),
        Rule(
            "S14",
            "answer_is",
            both(
                "The scholar holds no other scholarship for the same months.",
                "لا يحصل الباحث على منحة أخرى للأشهر نفسها.",
            ),
            {"fact": "holds_other", "value": False},
            "model: ours; nobody is paid twice for one stay",
        ),
    ),
)
