"""Times that mails and pages tell: each in two zones that are named."""

from __future__ import annotations

import re

TIME = re.compile(r"\b\d{1,2}:\d{2} \([^)]+\)")
ONE = r"\d{1,2}:\d{2} \(([^)]+)\)"
PAIR = re.compile(rf"{ONE}(?:, which is |، أي )[^()]*?{ONE}")


def zones_told(text: str) -> set[tuple[str, str]]:
    """The pairs of zones in which times are told. Fails where a time is told in one zone alone."""
    pairs = PAIR.findall(text)
    alone = TIME.findall(PAIR.sub("", text))
    assert alone == [], f"told in one zone alone: {alone} in {text}"
    return set(pairs)
