"""Amounts of money: an exact decimal with its currency. No exchange rates here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, InvalidOperation

from anso.kernel.canonical import plain_decimal
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop

# ISO 4217 currencies whose smallest coin is not a hundredth.
MINOR_DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"), 0),
    **dict.fromkeys(("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


@dataclass(frozen=True)
class Money:
    """An amount in one currency; amounts of different currencies never mix."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if len(self.currency) != 3 or not self.currency.isascii() or not self.currency.isupper():
            raise BadInput(
                gettext_noop("“%(currency)s” is not a currency code."), currency=self.currency
            )
        if not self.amount.is_finite():
            raise BadInput(gettext_noop("An amount of money must be a number."))

    @classmethod
    def of(cls, amount: int | str | Decimal, currency: str) -> Money:
        """Make an amount from a whole number, a decimal or its spelling ("1250.50")."""
        try:
            return cls(Decimal(amount), currency)
        except InvalidOperation:
            raise BadInput(gettext_noop("“%(amount)s” is not an amount."), amount=amount) from None

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other).amount, self.currency)

    def __mul__(self, times: int | Decimal) -> Money:
        return Money(self.amount * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other).amount

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other).amount

    def __str__(self) -> str:
        return f"{self.currency} {self.rounded().amount:,}"

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise BadInput(
                gettext_noop("%(one)s and %(two)s cannot be added or compared."),
                one=self.currency,
                two=other.currency,
            )
        return other

    @property
    def smallest(self) -> Decimal:
        """The smallest amount that exists in this currency."""
        return Decimal(1).scaleb(-MINOR_DIGITS.get(self.currency, 2))

    def rounded(self) -> Money:
        """Return the amount in whole smallest units, halves to the even one."""
        return Money(self.amount.quantize(self.smallest, ROUND_HALF_EVEN), self.currency)

    def shared(self, parts: Sequence[int | Decimal]) -> tuple[Money, ...]:
        """Split by these proportions, losing nothing: the rest goes to the largest remainders."""
        whole = sum((Decimal(part) for part in parts), Decimal(0))
        if whole <= 0 or any(part < 0 for part in parts):
            raise BadInput(gettext_noop("Shares must be positive."))
        total = self.rounded().amount
        exact = [total * Decimal(part) / whole for part in parts]
        floors = [share.quantize(self.smallest, ROUND_FLOOR) for share in exact]
        left = int((total - sum(floors)) / self.smallest)
        # The largest remainders first, and of equal ones the first named: sorting keeps their
        # order.
        order = sorted(range(len(parts)), key=lambda place: floors[place] - exact[place])
        extra = set(order[:left])
        shares = [floor + (self.smallest if at in extra else 0) for at, floor in enumerate(floors)]
        return tuple(Money(share, self.currency) for share in shares)

    def to_dict(self) -> dict[str, str]:
        """Return amount and currency as text, ready for JSON."""
        return {"amount": plain_decimal(self.amount), "currency": self.currency}

    @classmethod
    def from_dict(cls, content: dict[str, str]) -> Money:
        """Read what `to_dict` wrote."""
        return cls.of(content["amount"], content["currency"])


def total(amounts: Sequence[Money], currency: str) -> Money:
    """Add amounts of one currency; no amounts give zero."""
    result = Money(Decimal(0), currency)
    for amount in amounts:
        result = result + amount
    return result
