"""What both sides of a matching are asked, so that it can be compared: fields, languages, zones, a
period, and by which ways somebody would work. Those whom they may be matched with read it.
"""

from __future__ import annotations

from typing import Any

from anso.kernel.questions import Audience, Limit, Meaning, OneOf, Option, Question
from anso.kernel.wording import Text, both
from anso.programmes.catalogue.bank import JUDGES, SUBJECTS, options

MATCHED = (*JUDGES, Audience.MATCHED)
REMOTE = ("online_task", "online_term")
WAYS = options(
    ("online_task", "A short task online (a few days)", "مهمة قصيرة عبر الإنترنت (بضعة أيام)"),
    ("online_term", "Longer work online (such as a term)", "عمل أطول عبر الإنترنت (كفصل دراسي)"),
    ("short_visit", "A visit of up to three weeks", "زيارة لا تتجاوز ثلاثة أسابيع"),
    ("long_stay", "A stay of three weeks to six months", "إقامة من ثلاثة أسابيع إلى ستة أشهر"),
)
LANGUAGES = options(
    ("en", "English", "الإنجليزية"),
    ("zh", "Chinese", "الصينية"),
    ("fr", "French", "الفرنسية"),
    ("es", "Spanish", "الإسبانية"),
    ("ru", "Russian", "الروسية"),
    ("ar", "Arabic", "العربية"),
    ("pt", "Portuguese", "البرتغالية"),
)
# Hours before or after UTC as ISO 8601 writes them, with somewhere that has them.
ZONES = tuple(
    Option(offset, both(f"UTC{offset} ({en})", f"UTC{offset} ({ar})"))
    for offset, en, ar in (
        ("-08:00", "Tijuana", "تيخوانا"),
        ("-06:00", "Guatemala", "غواتيمالا"),
        ("-05:00", "Lima, Bogotá", "ليما وبوغوتا"),
        ("-04:00", "La Paz, Santiago", "لاباز وسانتياغو"),
        ("-03:00", "São Paulo, Buenos Aires", "ساو باولو وبوينس آيرس"),
        ("-01:00", "Praia", "برايا"),
        ("+00:00", "Accra, Dakar", "أكرا وداكار"),
        ("+01:00", "Lagos, Tunis, Berlin", "لاغوس وتونس وبرلين"),
        ("+02:00", "Cairo, Johannesburg", "القاهرة وجوهانسبرغ"),
        ("+03:00", "Nairobi, Moscow, Riyadh", "نيروبي وموسكو والرياض"),
        ("+03:30", "Tehran", "طهران"),
        ("+04:00", "Dubai, Tbilisi", "دبي وتبليسي"),
        ("+04:30", "Kabul", "كابول"),
        ("+05:00", "Tashkent, Karachi, Almaty", "طشقند وكراتشي وألماتي"),
        ("+05:30", "Colombo, Delhi", "كولومبو ودلهي"),
        ("+05:45", "Kathmandu", "كاتماندو"),
        ("+06:00", "Dhaka, Bishkek", "دكا وبيشكيك"),
        ("+06:30", "Yangon", "يانغون"),
        ("+07:00", "Bangkok, Hanoi", "بانكوك وهانوي"),
        ("+08:00", "Beijing, Ulaanbaatar, Manila", "بكين وأولان باتور ومانيلا"),
        ("+09:00", "Tokyo, Seoul", "طوكيو وسيول"),
        ("+10:00", "Port Moresby, Sydney", "بورت مورسبي وسيدني"),
        ("+12:00", "Suva", "سوفا"),
    )
)


def fields(label: Text) -> Question:
    """Return the question for one to three of the nine subjects."""
    return Question(
        "fields",
        "multichoice",
        label,
        hint=both("One to three of them.", "من واحد إلى ثلاثة."),
        who_sees=MATCHED,
        limit=Limit.of("choices", least=1, most=3),
        options=SUBJECTS,
        means=(Meaning.EXPERTISE,),
    )


def several(
    key: str,
    label: Text,
    offered: tuple[Option, ...],
    means: Meaning,
    **more: Any,
) -> Question:
    """Return a question for any number of options, at least one."""
    return Question(
        key,
        "multichoice",
        label,
        who_sees=MATCHED,
        limit=Limit.of("choices", least=1),
        options=offered,
        means=(means,),
        **more,
    )


def ways(label: Text) -> Question:
    """Return the question by which ways somebody would work."""
    return several("ways", label, WAYS, Meaning.WAYS)


def languages(label: Text) -> Question:
    """Return the question in which languages somebody can work."""
    return several("languages", label, LANGUAGES, Meaning.LANGUAGES)


def zones(label: Text, hint: Text) -> Question:
    """Return the question in which zones somebody works, asked where they would work online."""
    more = {"hint": hint, "condition": OneOf("ways", REMOTE)}
    return several("zones", label, ZONES, Meaning.TIME_ZONES, **more)


def day(key: str, label: Text, means: Meaning) -> Question:
    """Return the question for the first or the last day of a period."""
    return Question(key, "date", label, who_sees=MATCHED, means=(means,))
