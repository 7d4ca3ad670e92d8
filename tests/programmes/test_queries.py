"""Which programmes anyone may see."""

from __future__ import annotations

import pytest

from anso.programmes.catalogue import KINDS
from anso.programmes.models import Programme
from anso.programmes.queries import active_programmes, programme_cards

pytestmark = pytest.mark.django_db


def make_programme(code: str, **fields: object) -> Programme:
    return Programme.objects.create(
        **{"code": code, "kind": "fellowship", "name": {"en": code, "ar": "س"}} | fields
    )


def test_only_active_programmes_of_known_kinds_are_listed_by_code() -> None:
    make_programme("young")
    make_programme("ended", is_active=False)
    make_programme("strange", kind="lottery")
    make_programme("first", kind="prize")
    assert [programme.code for programme in active_programmes()] == ["first", "young"]


def test_a_card_carries_texts_and_the_kind() -> None:
    make_programme("young", summary={"en": "For young talents"})
    (card,) = programme_cards()
    assert (card.code, card.name["ar"], card.summary["en"], card.kind) == (
        "young",
        "س",
        "For young talents",
        KINDS["fellowship"],
    )
