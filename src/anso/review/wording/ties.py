"""Ties between reviewers and files in words: what somebody is to a file, with what was compared,
and what there is to do about a list of names.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anso.kernel.todo import TodoItem
from anso.review.models import Assignment, Reviewer
from anso.review.queries.conflicts import Finding
from anso.ui.countries import country_name
from anso.ui.question_fields import in_reader_language

CONFLICTS: dict[str, Promise] = {
    "part": _("has another part in this call"),
    "self": _("takes part in it"),
    "letter": _("wrote or was asked for a letter"),
    "namesake": _("has the same name as somebody who was named in it"),
    "family_name": _("may have a family name in common with somebody who takes part"),
    "organisation": _("belongs to the same organisation as somebody who takes part"),
    "institution": _("belongs to an organisation that was named in it"),
    "institution_alike": _("belongs to an organisation that is called alike"),
    "country": _("has a nationality in common with somebody who takes part"),
    "author": _("is named in its list of publications"),
    "supervision": _("supervised, or was supervised by, somebody who takes part"),
    "joint_work": _("published or worked with somebody who takes part"),
    "person": _("declared an interest in somebody who takes part"),
    "organisation_interest": _("declared an interest in an organisation of theirs"),
    "host": _("answers for a host that was named in it"),
    "listed": _("declared a tie to a name on the list"),
    "listed_late": _("declared a tie to a name on the list after files were given"),
    "withdrawn": _("withdrew a tie to a name on the list"),
    "unanswered": _("has not answered about the list of names"),
}


def conflict_words(code: str) -> str:
    """Why somebody must not judge an application, as what they are to it."""
    return str(CONFLICTS[code])


def tie_words(finding: Finding) -> str:
    """The same with what was compared, as officers read it."""
    shown = [country_name(each) for each in finding.matched if finding.code == "country"]
    if not finding.matched:
        return conflict_words(finding.code)
    named = gettext(", ").join(shown or finding.matched)
    told = {"tie": conflict_words(finding.code), "matched": named}
    return gettext("%(tie)s (%(matched)s)") % told


def names_url(reviewer: Reviewer) -> str:
    """Where a reviewer says to whom on the list of names they have a tie."""
    return reverse("review:names", args=[reviewer.reference])


def names_item(reviewer: Reviewer) -> TodoItem:
    """To answer about the list of names."""
    return TodoItem(
        due_at=None,
        text=gettext("Say whom you know on a list of names, before you review"),
        reason=in_reader_language(reviewer.call.title),
        url=names_url(reviewer),
        tone="act",
    )


def late_tie_item(assignment: Assignment) -> TodoItem:
    """To decide about a tie that was declared after the file was given."""
    call, number = assignment.application.call, assignment.application.number
    named = {"name": assignment.reviewer.person.full_name, "number": number}
    return TodoItem(
        due_at=None,
        text=gettext("%(name)s has %(number)s and declared a tie afterwards: decide") % named,
        reason=in_reader_language(call.title),
        url=reverse("review:application_assignments", args=[call.reference, number]),
        tone="stop",
    )
