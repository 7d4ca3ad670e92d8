"""Whether two people may be of one family: in any script, order and number of names."""

from __future__ import annotations

import pytest

from anso.kernel.family_names import family_keys, family_words, keys_sought


def may_be_related(one: str, other: str, family_name: str = "") -> bool:
    return not keys_sought(family_words(one, family_name)).isdisjoint(
        family_keys(family_words(other))
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wang Wei", "王芳"),
        ("王伟", "Wang Fang"),
        ("王 伟", "王芳"),
        ("欧阳修", "Ouyang Li"),
        ("김철수", "Kim Min"),
        ("김철수", "김영희"),
        ("Anna Petrova", "Иван Петров"),
        ("Agnieszka Kowalska", "Jan Kowalski"),
        ("Omar al-Rashid", "سلمى الراشد"),
        ("Gabriel García Márquez", "Ana Garcia"),
        ("Jan van der Berg", "Eva Berg"),
        ("Nagy László", "Eszter NAGY"),
        ("J. Doe", "Dr Jane Doe"),
        ("Suharto", "Suharto Wijaya"),
    ],
)
def test_one_family_is_seen_in_any_script_and_order(one: str, other: str) -> None:
    assert may_be_related(one, other)
    assert may_be_related(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ivan Ivanovich Petrov", "Pyotr Ivanovich Sidorov"),
        ("Jan van der Berg", "Eva van der Meer"),
        ("J. Doe", "J. Smith"),
        ("Marta", "Murat"),
        ("WANG Wei", "Wei Li"),
        ("", "Wang Wei"),
    ],
)
def test_what_families_share_beside_their_names_relates_nobody(one: str, other: str) -> None:
    assert not may_be_related(one, other)


def test_a_family_name_that_is_known_is_the_only_one_compared() -> None:
    assert may_be_related("Mohamed Ali", "Mohamed Hassan")
    assert not may_be_related("Mohamed Ali", "Mohamed Hassan", family_name="Ali")
    assert not may_be_related("李娜", "Lee Min")  # spelled by ear: nothing tells that they are one
