"""The register of programme kinds: one line each. A new kind is one declaration and one line
here.
"""

from __future__ import annotations

from anso.kernel.errors import BadDefinition
from anso.kernel.registers import Register
from anso.kernel.wording import gettext_noop
from anso.programmes.catalogue.advice import ADVICE
from anso.programmes.catalogue.association import ASSOCIATION
from anso.programmes.catalogue.collaborative_research import COLLABORATIVE_RESEARCH
from anso.programmes.catalogue.conference import CONFERENCE
from anso.programmes.catalogue.course import COURSE
from anso.programmes.catalogue.fellowship import FELLOWSHIP
from anso.programmes.catalogue.membership import MEMBERSHIP
from anso.programmes.catalogue.need import NEED
from anso.programmes.catalogue.prize import PRIZE
from anso.programmes.catalogue.scholarship import SCHOLARSHIP
from anso.programmes.catalogue.trainee import TRAINEE
from anso.programmes.catalogue.volunteer import VOLUNTEER
from anso.programmes.kinds import ProgrammeKind

KINDS: Register[ProgrammeKind] = Register("kinds of programmes")
KINDS.add_all(
    {
        kind.code: kind
        for kind in (
            FELLOWSHIP,
            PRIZE,
            COLLABORATIVE_RESEARCH,
            CONFERENCE,
            SCHOLARSHIP,
            COURSE,
            TRAINEE,
            ASSOCIATION,
            ADVICE,
            MEMBERSHIP,
            NEED,
            VOLUNTEER,
        )
    }
)


def find_kind(code: str) -> ProgrammeKind:
    """Return the kind with that code; refuses one that is not in the register."""
    if code not in KINDS:
        raise BadDefinition(gettext_noop("There is no programme kind “%(kind)s”."), kind=code)
    return KINDS[code]
