"""The arithmetic of the tamper-evident record."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anso.kernel.sealing import GENESIS, checkpoint_root, entry_hash, merkle_root

hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)


def test_an_event_hash_covers_every_field_and_the_event_before() -> None:
    one = entry_hash({"verb": "submit", "n": 1}, GENESIS)
    assert one == entry_hash({"n": 1, "verb": "submit"}, GENESIS)
    assert (
        len(
            {
                one,
                entry_hash({"verb": "submit", "n": 2}, GENESIS),
                entry_hash({"verb": "submit", "n": 1}, one),
            }
        )
        == 3
    )


def test_the_root_of_three_leaves_is_that_of_the_standard() -> None:
    leaves = [hashlib.sha256(bytes([number])).hexdigest() for number in range(3)]
    one, two, three = (hashlib.sha256(b"\x00" + bytes.fromhex(leaf)).digest() for leaf in leaves)
    inner = hashlib.sha256(b"\x01" + one + two).digest()
    assert merkle_root(leaves) == hashlib.sha256(b"\x01" + inner + three).hexdigest()
    assert merkle_root(leaves[:1]) == one.hex()


@given(st.lists(hashes, min_size=2, max_size=9, unique=True), st.data())
def test_changing_or_swapping_leaves_changes_the_root(
    leaves: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(leaves) - 1))
    swapped = [*leaves[: place - 1], leaves[place], leaves[place - 1], *leaves[place + 1 :]]
    assert len({merkle_root(leaves), merkle_root(swapped), merkle_root(leaves[:-1])}) == 3


def test_a_checkpoint_seals_at_least_one_entry() -> None:
    with pytest.raises(ValueError, match="at least one"):
        merkle_root([])


def test_a_checkpoint_covers_its_number_its_events_and_the_one_before() -> None:
    assert (
        len(
            {
                checkpoint_root(1, "a", GENESIS),
                checkpoint_root(2, "a", GENESIS),
                checkpoint_root(1, "b", GENESIS),
                checkpoint_root(1, "a", "c" * 64),
            }
        )
        == 4
    )
