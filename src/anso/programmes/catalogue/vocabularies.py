"""Vocabularies with codes that kinds share: the focus areas of the strategic plan (section 2.4), in
its two orientations, and the Sustainable Development Goals.
"""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import Option
from anso.kernel.wording import Text, both
from anso.programmes.catalogue.bank import options


def grouped(group: Text, listed: tuple[Option, ...]) -> tuple[Option, ...]:
    """Options that stand together below what they have in common."""
    return tuple(replace(each, group=group) for each in listed)


RESEARCH = grouped(
    both("Scientific research", "البحث العلمي"),
    options(
        ("climate", "Climate change and adaptation", "تغير المناخ والتكيف"),
        ("disaster", "Natural disaster", "الكوارث الطبيعية"),
        ("artificial_intelligence", "Artificial intelligence", "الذكاء الاصطناعي"),
        ("robotics", "Robotics", "الروبوتات"),
        ("water", "Water resource and water security", "موارد المياه والأمن المائي"),
        ("air", "Air pollution and human health", "تلوث الهواء وصحة الإنسان"),
        ("biodiversity", "Ecosystem and biodiversity", "النظم البيئية والتنوع البيولوجي"),
        ("desertification", "Combating desertification", "مكافحة التصحر"),
        ("energy", "Energy security", "أمن الطاقة"),
        (
            "policy",
            "S&T policy and strategy on sustainable development",
            "سياسات العلوم والتكنولوجيا للتنمية المستدامة",
        ),
        ("big_data", "Big data", "البيانات الضخمة"),
    ),
)
WELL_BEING = grouped(
    both("Human well-being", "رفاه الإنسان"),
    options(
        ("food", "Agriculture and food security", "الزراعة والأمن الغذائي"),
        ("health", "Public health", "الصحة العامة"),
        ("poverty", "Poverty alleviation", "التخفيف من الفقر"),
        ("disaster_reduction", "Disaster reduction", "الحد من الكوارث"),
        ("technology_transfer", "Technology transfer", "نقل التكنولوجيا"),
    ),
)
FOCUS_AREAS = RESEARCH + WELL_BEING

# By their numbers, in the words of the General Assembly's resolution 70/1.
GOALS = options(
    ("1", "1 No poverty", "1 القضاء على الفقر"),
    ("2", "2 Zero hunger", "2 القضاء التام على الجوع"),
    ("3", "3 Good health and well-being", "3 الصحة الجيدة والرفاه"),
    ("4", "4 Quality education", "4 التعليم الجيد"),
    ("5", "5 Gender equality", "5 المساواة بين الجنسين"),
    ("6", "6 Clean water and sanitation", "6 المياه النظيفة والنظافة الصحية"),
    ("7", "7 Affordable and clean energy", "7 طاقة نظيفة وبأسعار معقولة"),
    ("8", "8 Decent work and economic growth", "8 العمل اللائق ونمو الاقتصاد"),
    (
        "9",
        "9 Industry, innovation and infrastructure",
        "9 الصناعة والابتكار والهياكل الأساسية",
    ),
    ("10", "10 Reduced inequalities", "10 الحد من أوجه عدم المساواة"),
    ("11", "11 Sustainable cities and communities", "11 مدن ومجتمعات محلية مستدامة"),
    (
        "12",
        "12 Responsible consumption and production",
        "12 الاستهلاك والإنتاج المسؤولان",
    ),
    ("13", "13 Climate action", "13 العمل المناخي"),
    ("14", "14 Life below water", "14 الحياة تحت الماء"),
    ("15", "15 Life on land", "15 الحياة في البرّ"),
    (
        "16",
        "16 Peace, justice and strong institutions",
        "16 السلام والعدل والمؤسسات القوية",
    ),
    ("17", "17 Partnerships for the goals", "17 عقد الشراكات لتحقيق الأهداف"),
)
