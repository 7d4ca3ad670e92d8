"""What one person may be in one call, and what nobody is at once: the one table of incompatible
parts.

Here: the parts, their words and the table. Not here: who has which part, which the apps say that
keep it, and who is refused what, which the rules say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from anso.kernel.registers import Register
from anso.kernel.wording import NO_TEXT, Text, both


@dataclass(frozen=True)
class CallPart:
    """One part, as it is said of somebody: "is a reviewer …"; where it is one in the body that
    judges, ``by_body`` says it by what that body is in the call.
    """

    label: Text = NO_TEXT
    by_body: Mapping[str, Text] = field(default_factory=dict)


CALL_PARTS: Register[CallPart] = Register("parts in a call")
CALL_PARTS.add_all(
    {
        "party": CallPart(both("a party to a file", "طرف في أحد الملفات")),
        "named": CallPart(both("named in a file", "مذكور في أحد الملفات")),
        "writer": CallPart(both("the writer of a letter for a file", "كاتب رسالة لأحد الملفات")),
        "proposer": CallPart(
            both("somebody of the proposal it belongs to", "شخص من المقترح الذي تنتمي إليه")
        ),
        "host": CallPart(both("somebody who answers for a host", "ممثل لجهة مضيفة")),
        "officer": CallPart(both("a programme officer", "موظف برامج")),
        "reviewer": CallPart(both("a reviewer", "محكّم")),
        "member": CallPart(
            by_body={
                "panel": both("a member of the panel", "عضو في اللجنة"),
                "jury": both("a member of the jury", "عضو في لجنة التحكيم"),
            }
        ),
        "chair": CallPart(
            by_body={
                "panel": both("the chair of the panel", "رئيس اللجنة"),
                "jury": both("the chair of the jury", "رئيس لجنة التحكيم"),
            }
        ),
        "conferrer": CallPart(both("president of the body that confers", "رئيس الهيئة المانحة")),
    }
)

# Each pair is refused in the whole call. Whoever judges file by file (reviewers, members of a
# panel, officers who screen) may be named in one file, write a letter for one or answer for one
# host: that is a conflict of interest in those files alone. Whoever acts on all files at once (the
# chair, whoever confers) cannot step aside from one of them.
INCOMPATIBLE: frozenset[frozenset[str]] = frozenset(
    frozenset(pair)
    for pair in (
        ("party", "officer"),
        ("party", "reviewer"),
        ("party", "member"),
        ("party", "chair"),
        ("party", "conferrer"),
        ("party", "host"),
        ("party", "proposer"),
        ("named", "chair"),
        ("named", "conferrer"),
        ("writer", "chair"),
        ("writer", "conferrer"),
        ("host", "officer"),
        ("host", "member"),
        ("host", "chair"),
        ("host", "conferrer"),
        ("officer", "reviewer"),
        ("officer", "member"),
        ("officer", "chair"),
        ("officer", "conferrer"),
        ("reviewer", "chair"),
        ("reviewer", "conferrer"),
    )
)


def clashing_with(wanted: str, held: Iterable[str]) -> list[str]:
    """Which of the parts that somebody has in a call keep them from having another in it, in the
    order of the register.
    """
    found = {part for part in held if frozenset((part, wanted)) in INCOMPATIBLE}
    return [part for part in CALL_PARTS if part in found]
