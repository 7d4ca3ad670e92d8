"""Money: exact, and never of two currencies."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anso.kernel.errors import BadInput
from anso.kernel.money import Money, total


def test_amounts_of_one_currency_add_subtract_and_compare() -> None:
    six, one = Money.of(6_000, "CNY"), Money.of("1000.50", "CNY")
    assert (six + one) - one == six
    assert one < six
    assert one <= one  # noqa: PLR0124 - an amount equals itself
    assert six * 3 == Money.of(18_000, "CNY")
    assert total([six, one], "CNY") == Money.of("7000.5", "CNY")
    assert total([], "USD") == Money.of(0, "USD")


def test_two_currencies_never_mix() -> None:
    with pytest.raises(BadInput, match="CNY and USD"):
        Money.of(1, "CNY") + Money.of(1, "USD")


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("x", "CNY"), ("NaN", "CNY"), ("1", "yuan"), ("1", "cny"), ("1", "ＣＮＹ")],
)
def test_what_is_no_money_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(BadInput):
        Money.of(amount, currency)


@pytest.mark.parametrize(
    ("currency", "shown"), [("CNY", "CNY 1,234.50"), ("JPY", "JPY 1,234"), ("KWD", "KWD 1,234.500")]
)
def test_amounts_are_shown_in_the_smallest_coin_of_their_currency(
    currency: str, shown: str
) -> None:
    assert str(Money.of("1234.5", currency)) == shown


@given(st.integers(0, 10**9), st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any))
def test_shares_lose_nothing_and_differ_from_the_exact_share_by_less_than_a_coin(
    cents: int, parts: list[int]
) -> None:
    whole = Money(Decimal(cents).scaleb(-2), "CNY")
    shares = whole.shared(parts)
    assert total(shares, "CNY") == whole.rounded()
    for share, part in zip(shares, parts, strict=True):
        assert abs(share.amount - whole.amount * part / sum(parts)) < Decimal("0.01")


@pytest.mark.parametrize("parts", [[], [0], [1, -1, 2]])
def test_shares_must_be_positive(parts: list[int]) -> None:
    with pytest.raises(BadInput):
        Money.of(10, "CNY").shared(parts)


def test_money_survives_json() -> None:
    assert Money.from_dict(Money.of("10.50", "CNY").to_dict()) == Money.of("10.5", "CNY")
