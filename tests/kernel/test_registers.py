"""Registers keep things in their order and refuse a key twice."""

from __future__ import annotations

import pytest

from anso.kernel.registers import AlreadyRegisteredError, Register


def test_things_are_read_by_number_and_among_equals_by_key() -> None:
    register: Register[str] = Register("dishes")
    register.add("pudding", "sweet", order=9)
    register.add_all({"soup": "hot", "bread": "fresh"}, order=2)
    register.add("apples", "red", order=3)
    assert list(register.items()) == [
        ("soup", "hot"),
        ("apples", "red"),
        ("bread", "fresh"),
        ("pudding", "sweet"),
    ]
    assert len(register) == 4


def test_a_key_is_refused_the_second_time_and_the_first_stays() -> None:
    register: Register[str] = Register("dishes")
    assert register.add("soup", "hot") == "hot"
    with pytest.raises(AlreadyRegisteredError, match="'soup' is registered twice among dishes"):
        register.add_all({"soup": "cold"})
    assert register["soup"] == "hot"


def test_what_is_not_there_is_not_there() -> None:
    register: Register[str] = Register("dishes")
    assert register.get("soup") is None
    assert "soup" not in register
    with pytest.raises(KeyError):
        register["soup"]
