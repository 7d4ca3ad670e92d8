"""What makes each sentence true."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from anso.decisions.models import Placement
from tests.decisions.reading.grammar import Said
from tests.decisions.reading.truth import Truth, is_told

ALWAYS = frozenset({"goes_on", "lacks_all", "lacks_one", "ends_for_lack"})


class Reader:
    """All that is said of one file, each sentence beside the others."""

    def __init__(self, truth: Truth, placement: Placement, said: list[Said]) -> None:
        self.truth, self.placement = truth, placement
        self.number = placement.application.number
        self.said = {each.form: each for each in said}
        self.all = said

    def faults(self) -> list[str]:
        """The sentences that are not true."""
        repeated = [each.words for each in self.all if self.all.count(each) > 1]
        wrong = [
            each.words
            for each in self.all
            if each.form not in ALWAYS and not getattr(self, f"is_{each.form}")(each)
        ]
        return [*repeated, *wrong, *self.missing()]

    def missing(self) -> list[str]:
        """What would have to be said beside it."""
        forms, found = self.said.keys(), []
        equals = self.equals()
        is_ranked = any(each.facts.get("rank") for each in self.all)
        if is_ranked and equals and "equals" not in forms:
            found.append(f"shares rank {self.placement.rank} with {equals} and does not say so")
        results = {"selected": "received", "unplaced": "nothing", "waiting": "in_line"}
        wanted = results.get(self.placement.result)
        if wanted and wanted not in forms:
            found.append(f"is {self.placement.result} and does not say so")
        if forms & {"expected", "range", "sure"} and "turn" not in forms:
            found.append("has no number in the order of choice")
        return found

    def equals(self) -> int:
        """How many others have the same rank."""
        if self.placement.score is None:
            return 0
        same = [each for each in self.truth.placements.values() if each.rank == self.placement.rank]
        return len(same) - 1

    # the reviews

    def is_unreviewed(self, _said: Said) -> bool:
        return self.number not in self.truth.means

    def is_mean(self, said: Said) -> bool:
        count, mean = self.truth.means[self.number]
        rank = said["rank"] is None or self.is_moved_rank(said)
        plural = said["reviews"] == ("review" if count == 1 else "reviews")
        highest = int(said["highest"]) == self.truth.task.scale[1]
        return (
            rank
            and plural
            and highest
            and int(said["count"]) == count
            and is_told(said["mean"], mean)
        )

    def is_moved_rank(self, said: Said) -> bool:
        rank = self.truth.rank_by_mean(self.number)
        return (int(said["rank"]), int(said["total"])) == (rank, self.truth.total)

    def is_equals(self, said: Said) -> bool:
        noun = "other" if said["others"] == "1" else "others"
        return int(said["others"]) == self.equals() > 0 and said["noun"] == noun

    # the calibration

    def mean_told(self) -> Fraction:
        return Fraction(self.said["mean"]["mean"])

    def is_severity(self, said: Said) -> bool:
        one = self.truth.means[self.number][0] == 1
        return said["who"] == ("reviewer" if one else "reviewers") and said["by"] not in (
            "0",
            "0.0",
        )

    def is_without(self, said: Said) -> bool:
        change = Fraction(said["without"]) - self.mean_told()
        way, by = self.said["severity"]["way"], Fraction(self.said["severity"]["by"])
        return (change > 0) == (way == "lower") and abs(abs(change) - by) <= Fraction(11, 1000)

    def before_counting(self) -> Fraction:
        found = self.said.get("without")
        return Fraction(found["without"]) if found else self.mean_told()

    def is_drawn_in(self, said: Said) -> bool:
        before, overall, counted = (
            self.before_counting(), Fraction(said["overall"]), Fraction(said["counted"])
        )  # fmt: skip
        low, high = sorted((before, overall))
        half = Fraction(11, 1000)
        nearer = abs(counted - overall) <= abs(before - overall)
        return low - half <= counted <= high + half and nearer

    def is_counts(self, said: Said) -> bool:
        return "drawn_in" not in self.said and Fraction(said["counted"]) != self.before_counting()

    def is_expected(self, said: Said) -> bool:
        low, expected, high = (Fraction(said[name]) for name in ("low", "expected", "high"))
        return 1 <= low <= expected <= high <= int(said["total"]) == self.judged() and low < high

    def is_range(self, said: Said) -> bool:
        low, high = Fraction(said["low"]), Fraction(said["high"])
        return 1 <= low < high <= int(said["total"]) == self.judged()

    def is_sure(self, said: Said) -> bool:
        low = Fraction(said["low"])
        return low.denominator == 1 and 1 <= low <= int(said["total"]) == self.judged()

    def judged(self) -> int:
        return self.truth.total

    def is_turn(self, said: Said) -> bool:
        return int(said["rank"]) == self.placement.rank <= self.truth.total

    # the panel and the lot

    def is_moved(self, said: Said) -> bool:
        (move,) = [each for each in self.truth.task.adjustments if each.key == self.number]
        counted = self.said.get("drawn_in") or self.said.get("counts")
        before = Fraction(counted["counted"]) if counted else self.before_counting()
        low, high = map(Fraction, self.truth.task.scale)
        after = max(low, min(high, Fraction(said["before"]) + Fraction(move.points)))
        body = "jury" if "jury" in self.truth.world.kind.bodies else "panel"
        return (
            said["body"] == body
            and abs(Fraction(said["before"]) - before) <= Fraction(11, 1000)
            and is_told(said["after"], after)
            and said["before"] != said["after"]
        )

    def is_drawn(self, _said: Said) -> bool:
        same = [each for each in self.truth.placements.values() if each.rank == self.placement.rank]
        return len({(each.result, each.place) for each in same}) > 1

    def is_lot(self, said: Said) -> bool:
        others = int(said["others"])
        noun = "other" if others == 1 else "others"
        return 1 <= int(said["place"]) <= others + 1 and others > 0 and said["noun"] == noun

    # what was given

    def is_received(self, said: Said) -> bool:
        label = said.facts.get("label")
        key = self.truth.labels[label] if label else self.placement.place
        given = self.truth.given_in(key)
        is_fitting = len(given) <= self.truth.capacity(key)
        return self.placement.result == "selected" and key == self.placement.place and is_fitting

    def is_paid(self, said: Said) -> bool:
        asked = Decimal(said["amount"].replace(",", ""))
        return self.placement.result == "selected" and asked == self.truth.costs[self.number]

    def is_unpaid(self, said: Said) -> bool:
        """Less was left than it asks for: after those before it, and perhaps some of its equals."""
        asked, left = (Decimal(said[name].replace(",", "")) for name in ("asked", "left"))
        rank = self.placement.rank
        least, most = (self.truth.left_at(rank, with_equals=each) for each in (True, False))
        is_own = asked == self.truth.costs[self.number]
        is_short = self.placement.result != "selected" and left < asked
        return is_own and is_short and least <= left <= most

    def is_nothing(self, _said: Said) -> bool:
        return self.placement.result == "unplaced"

    def is_in_line(self, said: Said) -> bool:
        """Dense and unique in its list, in the order of ranks, and only where one could really
        come.
        """
        leaf = self.truth.labels[said["label"]]
        numbers = self.truth.lists[leaf]
        ranks = {key: self.truth.placements[key].rank for key in numbers}
        dense = sorted(numbers.values()) == list(range(1, len(numbers) + 1))
        in_order = all(
            ranks[one] <= ranks[two]
            for one in numbers
            for two in numbers
            if numbers[one] < numbers[two]
        )
        required = {group for each in self.truth.task.quotas if each.key in self.truth.path(leaf)
                    for group in each.only}  # fmt: skip
        is_open = required <= self.truth.groups_of(self.number) and self.truth.capacity(leaf) > 0
        return (
            self.placement.result == "waiting"
            and numbers[self.number] == int(said["position"])
            and len(numbers) <= self.truth.end_of(leaf)
            and dense and in_order and is_open
        )  # fmt: skip

    def is_followed(self, _said: Said) -> bool:
        return False

    def is_not_awarded(self, said: Said) -> bool:
        where = self.truth.labels[said["label"]]
        return where in {each.node for each in self.truth.world.inputs.withheld}

    def is_favour(self, said: Said) -> bool:
        node = self.truth.world.terms.outcome.node(self.placement.place)
        assert node is not None
        inside = bool(self.truth.groups_of(self.number) & set(node.favour))
        return inside == said["how"].startswith("this one")

    # what stood in the way

    def is_not_open(self, said: Said) -> bool:
        path = self.truth.path(self.truth.labels[said["label"]])
        required = {
            group for each in self.truth.task.quotas if each.key in path for group in each.only
        }
        return not required <= self.truth.groups_of(self.number)

    def is_reserved(self, said: Said) -> bool:
        """Somebody of the group holds what was kept, and this one is not of the group."""
        leaf = self.truth.labels[said["label"]]
        return self._kept(said["group"], leaf, leaf)

    def is_reserved_above(self, said: Said) -> bool:
        where, leaf = self.truth.labels[said["where"]], self.truth.labels[said["label"]]
        kept = self.truth.labels[said["kept"]] if said["kept"] else where
        is_above = (
            where in self.truth.path(leaf) and where in self.truth.path(kept) and where != leaf
        )
        elsewhere = kept not in self.truth.path(leaf)
        return (
            is_above and elsewhere == bool(said["kept"]) and self._kept(said["group"], kept, leaf)
        )

    def is_reserved_of_all(self, said: Said) -> bool:
        return self._kept(said["group"], None, self.truth.labels[said["label"]])

    def _kept(self, label: str, node: str | None, leaf: str) -> bool:
        (group,) = {
            each.group
            for each in self.truth.task.reserves
            if each.node == node and self.truth.group_words(each.group) == label
        }
        holders = [
            each
            for each in self.truth.given_in(node or "")
            if group in self.truth.groups_of(each.application.number)
        ]
        asked_there = node is None or node in self.truth.path(leaf)
        is_outside = group not in self.truth.groups_of(self.number) or not asked_there
        return is_outside and any(each.rank >= self.placement.rank for each in holders)

    def is_country(self, said: Said) -> bool:
        limit = self.truth.world.terms.outcome.country_ceiling
        (country,) = [
            each for each in self.truth.groups_of(self.number) if each.startswith("country:")
        ]
        given = [
            each.rank
            for each in self.truth.given_in("")
            if country in self.truth.groups_of(each.application.number)
        ]
        is_higher = max(given) < self.placement.rank
        is_equal = max(given) == self.placement.rank and said["higher"] is None
        return len(given) == limit == int(said["limit"]) and (
            (is_higher and said["higher"] is not None) or (is_equal and "drawn" in self.said)
        )

    def is_empty(self, said: Said) -> bool:
        return self.truth.capacity(self.truth.labels[said["label"]]) == 0

    def is_full(self, said: Said) -> bool:
        return self._went(said, self.truth.labels[said["label"]])

    def is_shared(self, said: Said) -> bool:
        where, leaf = self.truth.labels[said["where"]], self.truth.labels[said["label"]]
        return where in self.truth.path(leaf) and where != leaf and self._went(said, where)

    def _went(self, said: Said, key: str) -> bool:
        """All of it is given, and to whom it is said."""
        room = {each.key: each.capacity for each in self.truth.task.quotas}[key]
        own, ranks = self.placement.rank, [each.rank for each in self.truth.given_in(key)]
        is_whole = len(ranks) == room and max(ranks) == int(said["last"])
        if said["higher"]:
            return is_whole and max(ranks) < own
        return is_whole and max(ranks) == own and bool({"drawn", "lot"} & self.said.keys())

    def is_ended(self, said: Said) -> bool:
        """The list is full, and nobody on it stands behind this one."""
        leaf = self.truth.labels[said["label"]]
        numbers = self.truth.lists[leaf]
        ranks = [self.truth.placements[key].rank for key in numbers]
        is_full = len(numbers) == int(said["end"]) == self.truth.end_of(leaf)
        is_last = max(ranks) <= self.placement.rank and self.number not in numbers
        return self.placement.result == "unplaced" and is_full and is_last

    def is_no_list(self, said: Said) -> bool:
        leaf = self.truth.labels[said["label"]]
        return (
            self.placement.result == "unplaced"
            and not self.truth.lists[leaf]
            and (self.truth.end_of(leaf) == 0)
        )

    def is_below(self, said: Said) -> bool:
        least = self.truth.task.minimum
        if least is None or not is_told(said["least"], least):
            return False
        if said["counted"] is None:
            return self.number not in self.truth.means
        told = next(
            (self.said[form][name] for form, name in
             (("moved", "after"), ("drawn_in", "counted"), ("counts", "counted"),
              ("without", "without")) if form in self.said),
            self.said["mean"]["mean"],
        )  # fmt: skip
        off = abs(Fraction(told) - Fraction(said["counted"]))
        return Fraction(said["counted"]) < Fraction(least) and off <= Fraction(11, 1000)

    # another step

    def is_nobody_goes_on(self, _said: Said) -> bool:
        return not any(
            each.result in ("invited", "advanced") for each in self.truth.placements.values()
        )

    def is_ends(self, said: Said) -> bool:
        on = [e.rank for e in self.truth.placements.values() if e.result in ("invited", "advanced")]
        own = self.placement.rank
        return max(on) == int(said["last"]) and (max(on) < own or "drawn" in self.said)
