"""Counts that are told recognise nobody, and neither does what follows from them by adding them up
and taking one from another.
"""

from __future__ import annotations

import random
from itertools import product

from anso.kernel.disclosure import LEAST, Member, Tally, groups_to_tell, tell_apart


def apart(**decided: int) -> tuple[list[str], set[str], int]:
    told = tell_apart(Tally(key, count, 1) for key, count in decided.items())
    shown = [each.key for each in told.shown]
    return shown, set(told.together), told.rest.decided if told.rest else 0


def test_five_stand_by_themselves_and_four_do_not() -> None:
    assert apart(KE=5, NP=9, BR=12) == (["KE", "NP", "BR"], set(), 0)
    assert apart(KE=9, TV=2, NR=4) == (["KE"], {"TV", "NR"}, 6)


def test_one_small_part_takes_the_smallest_other_with_it_or_the_total_gave_it_away() -> None:
    assert apart(KE=9, NP=7, TV=4) == (["KE"], {"TV", "NP"}, 11)
    # Two that are together too few are not told either.
    assert apart(KE=9, NP=7, TV=1, NR=2) == (["KE"], {"TV", "NR", "NP"}, 10)


def test_where_nothing_may_stand_by_itself_nothing_does() -> None:
    assert apart(TV=1) == ([], {"TV"}, 1)
    assert apart(KE=6, TV=1) == ([], {"KE", "TV"}, 7)
    assert apart() == ([], set(), 0)
    # Of whom nobody was decided there is nothing to tell.
    assert apart(KE=8, TV=0) == (["KE"], set(), 0)


def test_what_is_counted_together_adds_up() -> None:
    told = tell_apart([Tally("KE", 9, 4), Tally("TV", 2, 1), Tally("NR", 3, 0)])
    assert told.rest == Tally("", 5, 1)


def test_a_group_is_told_when_neither_it_nor_the_others_are_few() -> None:
    women = frozenset({"women"})
    members = [Member(women)] * 5 + [Member(frozenset())] * 5
    assert groups_to_tell(["women"], members, frozenset()) == ("women",)
    assert groups_to_tell(["women"], members[1:], frozenset()) == ()
    assert groups_to_tell(["women"], members[:-1], frozenset()) == ()
    # All of them, or none, tells nothing of anybody.
    assert groups_to_tell(["women"], members[:5], frozenset()) == ("women",)
    assert groups_to_tell(["women"], members[5:], frozenset()) == ("women",)


def test_a_group_within_another_is_left_out_when_the_difference_is_few() -> None:
    poor, island = frozenset({"LDC"}), frozenset({"LDC", "SIDS"})
    members = [Member(poor)] * 2 + [Member(island)] * 6 + [Member(frozenset())] * 6
    assert groups_to_tell(["LDC", "SIDS"], members, frozenset()) == ("LDC",)
    assert groups_to_tell(["SIDS", "LDC"], members, frozenset()) == ("SIDS",)


def test_a_group_of_countries_less_the_countries_shown_leaves_nobody_alone() -> None:
    poor, none = frozenset({"LDC"}), frozenset[str]()
    shown = [Member(poor)] * 8 + [Member(none)] * 8
    lonely = [Member(poor, is_hidden=True)] + [Member(none, is_hidden=True)] * 6
    assert groups_to_tell(["LDC"], shown + lonely, poor) == ()
    # A group that says nothing of countries is not found by them.
    assert groups_to_tell(["LDC"], shown + lonely, frozenset()) == ("LDC",)
    assert groups_to_tell(["LDC"], shown + lonely[1:], poor) == ("LDC",)


def test_no_sum_and_no_difference_of_figures_leaves_fewer_than_five() -> None:
    dice = random.Random(27)
    told_at_all = 0
    for _world in range(300):
        countries = [f"C{number}" for number in range(dice.randint(2, 6))]
        classes = {
            each: frozenset(key for key in ("LDC", "SIDS") if dice.random() < 0.4)
            for each in countries
        }
        count = {each: dice.choice((1, 2, 4, 5, 6, 9)) for each in countries}
        told = tell_apart(Tally(each, count[each], 0) for each in countries)
        members = [
            Member(classes[each], each in told.together)
            for each in countries
            for _person in range(count[each])
        ]
        groups = groups_to_tell(("LDC", "SIDS"), members, frozenset({"LDC", "SIDS"}))
        figures = [set(countries), *({each.key} for each in told.shown)]
        figures += [{each for each in countries if key in classes[each]} for key in groups]
        told_at_all += len(told.shown) + len(groups)
        for signs in product((-1, 0, 1), repeat=len(figures)):
            held = {
                each: sum(sign for sign, part in zip(signs, figures, strict=True) if each in part)
                for each in countries
            }
            if set(held.values()) == {0, 1}:
                found = [each for each in countries if held[each]]
                size = sum(count[each] for each in found)
                assert size >= LEAST, (count, classes, told, groups, found)
    assert told_at_all > 300
