"""Questions as most kinds ask them: a line, some prose, a number, a list of partners. Judges read
them unless told otherwise.
"""

from __future__ import annotations

from typing import Any

from anso.kernel.questions import Audience, Limit, Meaning, Question
from anso.kernel.wording import Text, both
from anso.programmes.catalogue.bank import JUDGES

Readers = tuple[Audience, ...]


def line(
    key: str, label: Text, *, readers: Readers = JUDGES, most: int = 200, **more: Any
) -> Question:
    """Return a question for one line of at most so many characters."""
    limit = Limit.of("characters", most=most)
    return Question(key, "text", label, who_sees=readers, limit=limit, **more)


def prose(
    key: str,
    label: Text,
    *,
    readers: Readers = JUDGES,
    most: int,
    least: int | None = None,
    **more: Any,
) -> Question:
    """Return a question for a text of so many words."""
    limit = Limit.of("words", least=least, most=most)
    return Question(key, "longtext", label, who_sees=readers, limit=limit, **more)


def number(
    key: str, label: Text, *, readers: Readers = JUDGES, least: int, most: int, **more: Any
) -> Question:
    """Return a question for a number between two others, both allowed."""
    limit = Limit.of("number", least=least, most=most)
    return Question(key, "number", label, who_sees=readers, limit=limit, **more)


def partners(label: Text, hint: Text, *, most: int, is_required: bool = True) -> Question:
    """Return the question for those who take part, each of whom is asked to confirm."""
    return Question(
        "partners",
        "partners",
        label,
        hint=hint,
        why=both(
            "Each is asked by mail to confirm; no account is needed.",
            "يُطلب من كل منها التأكيد بالبريد؛ ولا يلزم حساب.",
        ),
        who_sees=JUDGES,
        required=is_required,
        limit=Limit.of("entries", least=1 if is_required else None, most=most),
        means=(Meaning.PARTNERS,),
    )


def requested(most: int) -> Question:
    """Return the question for what is asked of the alliance, in CNY."""
    label = both("Requested from the alliance, in CNY", "المطلوب من التحالف، باليوان")
    return number("requested", label, least=1, most=most, means=(Meaning.REQUESTED,))
