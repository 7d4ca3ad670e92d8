"""What belongs to reviewing when a call is amended: reviews that were written keep their criteria,
and reviewers are told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from anso.calls.models import Call, CallTerms
from anso.calls.queries import get_terms
from anso.calls.queries.amendments import REVIEWERS, Changes, Watcher, audiences_of
from anso.calls.queries.steps import steps_of_block
from anso.calls.wording.amendments import changes_in_words
from anso.calls.wording.rows import shelves_of
from anso.kernel.actors import Actor
from anso.kernel.terms.differences import Change
from anso.kernel.wording import Message, gettext_noop
from anso.review import notices
from anso.review.actions.mail import notify_reviewer
from anso.review.models import Dossier, Review, Reviewer

STANDING = ("invited", "accepted")
GUIDANCE = {"hint", "anchors", "reviews_each"}


def reasons_against(call: Call, changes: Changes, now: dt.datetime) -> Iterator[Message]:
    """Whoever judged did so by the criteria, the scale and the weights of that day; and whom
    reviewers learn is settled when the first of them reads.
    """
    for key in dict.fromkeys(_rubric_of(each) for each in changes if _binds(each)):
        steps = [each.pk for each in steps_of_block(call, "review") if each.rubric == key]
        if Review.objects.filter(assignment__step__in=steps).exists():
            text = gettext_noop(
                "Reviews were submitted by this rubric: its criteria, scale and weights cannot"
                " change any more, only their wording."
            )
            yield Message("reviewed", text)
    is_blind_changed = any(each.path[-1] == "is_blind" for each in changes)
    if is_blind_changed and Dossier.objects.filter(application__call=call).exists():
        text = gettext_noop(
            "Reviewers have received what they judge: whether they learn names cannot change"
            " any more."
        )
        yield Message("blind", text)


def _binds(change: Change) -> bool:
    is_rubric = change.part in ("rubric", "rubrics")
    return is_rubric and not change.is_words and not GUIDANCE & set(change.path)


def _rubric_of(change: Change) -> str:
    return change.path[1] if change.part == "rubrics" else ""


def tell_of_amendment(call: Call, changes: Changes, now: dt.datetime) -> Iterator[Message]:
    """How many reviewers are written to."""
    if REVIEWERS in audiences_of(call, changes):
        count = Reviewer.objects.filter(call=call, state__in=STANDING).count()
        text = gettext_noop("Reviewers who are told: %(count)s.")
        yield Message("reviewers", text, {"count": count})


def follow_amendment(terms: CallTerms, changes: Changes, actor: Actor, now: dt.datetime) -> None:
    """Tell every reviewer of the call whom it touches; they are few."""
    if REVIEWERS not in audiences_of(terms.call, changes):
        return
    lists = shelves_of(terms.call, get_terms(terms.call))
    found = Reviewer.objects.filter(call=terms.call, state__in=STANDING).order_by("id")
    for reviewer in found.select_related("person__account", "call"):
        notify_reviewer(
            notices.AMENDED,
            reviewer,
            actor=actor,
            now=now,
            key=f"terms-{terms.version}",
            reason=terms.because,
            changes=lambda: changes_in_words(changes, lists),
        )


WATCHER = Watcher(reasons_against, tell_of_amendment, follow_amendment)
