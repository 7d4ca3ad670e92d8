"""The roles in which people and organisations take part in an application.

Here: which there are, who writes and who is offered something. Not here: the rows, which belong to
the applications.
"""

from __future__ import annotations

from dataclasses import dataclass

from anso.kernel.registers import Register
from anso.kernel.terms.model import EntryKind
from anso.kernel.wording import Text, both


@dataclass(frozen=True)
class Role:
    """One role. The organisations of parties keep their colleagues from judging; a nominee is a
    party, the writer of a letter is none.
    """

    label: Text
    is_party: bool


ROLES: Register[Role] = Register("roles of participants")
ROLES.add_all(
    {
        "applicant": Role(both("applicant", "مقدم الطلب"), is_party=True),
        "nominator": Role(both("nominator", "مقدم الترشيح"), is_party=True),
        "lead": Role(both("lead", "قائد المشروع"), is_party=True),
        "nominee": Role(both("nominee", "المرشح"), is_party=True),
        "partner": Role(both("partner", "شريك"), is_party=True),
        "collaborator": Role(both("collaborator", "مشارك في الكتابة"), is_party=True),
        "host": Role(both("host", "الجهة المضيفة"), is_party=False),
        "supervisor": Role(both("supervisor", "المشرف"), is_party=False),
        "referee": Role(both("referee", "كاتب التوصية"), is_party=False),
        "supporter": Role(both("supporter", "الداعم"), is_party=False),
    }
)

APPLICANTS = {
    EntryKind.APPLICATION: "applicant",
    EntryKind.NOMINATION: "nominator",
    EntryKind.PROPOSAL: "lead",
}
NOMINEE = "nominee"
# Whoever fills in parts beside the applicant; no form names them.
COLLABORATOR = "collaborator"
# Who is named by somebody else and takes part once they said yes to a letter of their kind.
ASKED_THEMSELVES = (NOMINEE, "partner")
# Who writes for themselves is offered what the call gives, unless the file names a nominee: also a
# consortium may name whom it is for. A nominator never is.
FOR_THEMSELVES = frozenset({"applicant", "lead"})


def applicant_role(entry: EntryKind) -> str:
    """The role of the person who writes what comes in, by the way it comes in."""
    return APPLICANTS[entry]


def parties() -> frozenset[str]:
    """The roles whose organisations count in conflicts of interest."""
    return frozenset(code for code, role in ROLES.items() if role.is_party)
