"""What the pages of the site tell apart. Kept nowhere."""

from __future__ import annotations

from enum import StrEnum


class Happened(StrEnum):
    """What happened lately to a call."""

    RELEASED = "released"
    MOVED = "moved"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class NextAction(StrEnum):
    """What an officer should do next about a call."""

    PUBLISH = "publish"
    SCREEN = "screen"
    ASSIGN = "assign"
    CHASE = "chase"
    COMPUTE = "compute"
    RELEASE = "release"
    OFFER = "offer"
