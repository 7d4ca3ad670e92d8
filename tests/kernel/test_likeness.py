"""Names and addresses of one person or organisation, in every script that names come in."""

from __future__ import annotations

import pytest

from anso.kernel.likeness import Likeness, closest, organisations_alike, people_alike

SAME, NEAR, DIFFERENT = Likeness.SAME, Likeness.NEAR, Likeness.DIFFERENT

PEOPLE = [
    ("Dr Jane Doe", "Jane Doe", SAME),
    ("DOE, Jane", "Prof. Jane Doe", SAME),
    ("Jane Doe Ph.D.", "jane  doe", SAME),
    ("José Peña", "Jose Pena", SAME),
    ("Łukasz Żak", "Lukasz Zak", SAME),
    ("Проф. Иван Петров", "петров иван", SAME),
    ("д-р Иван Петров", "Иван Петров", SAME),
    ("محمد علی", "محمد علي", SAME),
    ("الدكتور أحمد حسن", "احمد حسن", SAME),
    ("王小明博士", "王小明", SAME),
    ("ดร.สมชาย ใจดี", "สมชาย ใจดี", SAME),
    ("डॉ रमेश कुमार", "रमेश कुमार", SAME),
    ("Suharto", "Suharto", SAME),
    ("Dr", "dr.", SAME),
    ("Иван Петров", "Ivan Petrov", NEAR),
    ("Mohammed Ali", "محمد علي", NEAR),
    ("王小明", "Wang Xiaoming", NEAR),
    ("Xiaoming Wang", "王小明", NEAR),
    ("김민수", "Kim Minsu", NEAR),
    ("रमेश कुमार", "Ramesh Kumar", NEAR),
    ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos", NEAR),
    ("J. Doe", "Jane Doe", NEAR),
    ("Jane Doe", "Jane Mary Doe", NEAR),
    ("Suharto", "Haji Suharto", NEAR),
    ("Müller Hans", "Hans Mueller", NEAR),
    ("Alexandra Johnson", "Alexandra Jonhson", NEAR),
    ("Jane Doe", "John Doe", DIFFERENT),
    ("Li Wei", "Li Na", DIFFERENT),
    ("Amina Juma", "Amina Omar", DIFFERENT),
    ("Иван Петров", "Иван Сидоров", DIFFERENT),
    ("محمد علي", "محمد حسن", DIFFERENT),
    ("王小明", "李小红", DIFFERENT),
    ("Ana", "Bo", DIFFERENT),
    ("An", "An Le", DIFFERENT),
    ("A B C D E", "A B C D F", DIFFERENT),
    ("", "Jane Doe", DIFFERENT),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "likeness"), PEOPLE)
def test_people_are_compared_in_any_script(one: str, other: str, likeness: Likeness) -> None:
    assert (people_alike(one, other), people_alike(other, one)) == (likeness, likeness)


ORGANISATIONS = [
    ("makerere university.", "Makerere University", SAME),
    ("The World Bank", "World Bank", SAME),
    ("Kenya Water Ltd.", "kenya water limited", SAME),
    ("جامعة القاهرة", "جامعه القاهره", SAME),
    ("ООО «Вода»", "Вода", SAME),
    ("Makerere University", "Université Makerere", NEAR),
    ("Makerere University", "School of Public Health, Makerere University", NEAR),
    ("University of Nairobi", "Nairobi University", NEAR),
    ("MIT", "Massachusetts Institute of Technology", NEAR),
    ("University of Chinese Academy of Sciences", "UCAS", NEAR),
    ("Московский университет", "Moskovskiy universitet", NEAR),
    ("清华大学", "清華大學", NEAR),
    ("Tsinghua University", "Tsinghau University", NEAR),
    ("University of California", "University of Washington", DIFFERENT),
    ("Institute of Physics", "Institute of Chemistry", DIFFERENT),
    ("Academy of Sciences of Cuba", "Academy of Sciences of Chile", DIFFERENT),
    ("University", "University of Oslo", DIFFERENT),
    ("جامعة القاهرة", "جامعة دمشق", DIFFERENT),
    ("", "University of Oslo", DIFFERENT),
    ("A", "B", DIFFERENT),
]


@pytest.mark.parametrize(("one", "other", "likeness"), ORGANISATIONS)
def test_organisations_are_compared_in_any_script(one: str, other: str, likeness: Likeness) -> None:
    assert organisations_alike(one, other) is likeness
    assert organisations_alike(other, one) is likeness


def test_the_closest_of_several_counts() -> None:
    assert closest([DIFFERENT, NEAR, SAME]) is SAME
    assert closest([DIFFERENT, NEAR]) is NEAR
    assert closest([]) is DIFFERENT
