"""What a message is made from: apps declare their notices with this in their ``notices.py``."""

from __future__ import annotations

from dataclasses import dataclass

LINK = "{link}"  # where the scoped link goes in at sending


@dataclass(frozen=True)
class Notice:
    """A kind of message: ``template`` holds its words (first line the subject), ``fields`` are all
    the template may use.

    ``must_say`` are those without which a letter that an officer reworded says nothing;
    ``is_reminder`` marks those a reader may turn off; ``is_held`` those that wait for a person's
    release. ``is_unworded`` ones have no words of the house: an officer writes them.
    """

    code: str
    audience: str
    template: str
    fields: tuple[str, ...]
    is_reminder: bool = False
    is_held: bool = False
    must_say: tuple[str, ...] = ()
    is_unworded: bool = False
