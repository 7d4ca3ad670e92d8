"""What a call promises (its terms) and what it asks (its forms), read once per content and kept in
memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from anso.audit.queries import entries_about
from anso.calls.models import Call, CallTerms
from anso.kernel.eligibility import RuleSet
from anso.kernel.questions import Form, Meaning
from anso.kernel.terms import Terms
from anso.kernel.wording import Text
from anso.programmes.kinds import APPLICATION
from anso.programmes.outcomes import read_terms
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import form_of, latest_version, versions_of

# By hash, in the memory of each process: what has a hash never changes, so nothing is ever told to
# forget. A long form takes longer to read from JSON than everything else on its page.
KEPT = 256
_terms: dict[str, Terms] = {}


class NoForm(LookupError):
    """The call asks nothing for this purpose."""


def get_frozen_terms(call: Call) -> CallTerms | None:
    """The latest frozen terms, or None while the call is a draft."""
    return call.terms.order_by("-version").first()


def announced_seed(call: Call) -> str:
    """The hash of the terms as they were first published, from which all draws follow: it was
    public before anybody applied, and no amendment changes it, so that nobody can draw again.
    """
    first = call.terms.order_by("version").values_list("sha256", flat=True).first()
    return first or ""


def get_terms(call: Call) -> Terms:
    """What the call promises: the frozen terms once published, the working copy before. Frozen
    terms are fetched once per content.
    """
    sha256 = call.terms_sha256
    if not sha256:
        # The working copy has no hash and changes under the officers' hands.
        return read_terms(call.design)
    if sha256 not in _terms:
        _keep(sha256, call.terms.get(sha256=sha256).body)
    return _terms[sha256]


def keep_terms(calls: Iterable[Call]) -> None:
    """Read the frozen terms of these calls that are not in memory yet, in one query."""
    missing = {call.terms_sha256 for call in calls} - {"", *_terms}
    for sha256, body in (
        CallTerms.objects.filter(sha256__in=missing).values_list("sha256", "body")
        if missing
        else ()
    ):
        _keep(sha256, body)


def _keep(sha256: str, body: Mapping[str, Any]) -> None:
    if len(_terms) >= KEPT:
        # All at once and not the oldest first: it happens rarely, and what is in use is read again
        # at its next request.
        _terms.clear()
    _terms[sha256] = read_terms(body["terms"])


def get_rule_sets(call: Call) -> tuple[RuleSet, ...]:
    """The eligibility rules of the call: of the programme first, then of each host."""
    return tuple(RuleSet.from_dict(rules) for rules in get_terms(call).rules)


def title_of(call: Call) -> Text:
    """The title in all its languages."""
    return Text(call.title)


def get_cancellation_reason(call: Call) -> str:
    """Why a call was cancelled, as the record has it; blank for a call that was not."""
    return (
        entries_about(call).filter(verb="cancel_call").values_list("because", flat=True).last()
        or ""
    )


def get_form(call: Call, purpose: str = APPLICATION) -> tuple[FormVersion, Form]:
    """The form that people fill now: the latest published version, or the working one of a draft
    call. NoForm when there is none.
    """
    version = latest_version(call, purpose, is_published=call.state != "draft")
    if version is None:
        raise NoForm(f"{call} has no form for {purpose}")
    return version, form_of(version)


def has_titles(call: Call) -> bool:
    """Whether what comes in has a title beside the name of who or what it is about."""
    try:
        asked = get_form(call)[1].questions()
    except NoForm:
        return False
    return any(
        Meaning.TITLE in each.means and Meaning.SUBJECT_NAME not in each.means for each in asked
    )


def get_working_form(call: Call, purpose: str = APPLICATION) -> tuple[FormVersion | None, Form]:
    """The version that officers edit: the unpublished one where there is one, otherwise the
    latest.
    """
    version = latest_version(call, purpose, is_published=False)
    return (version, form_of(version)) if version else (None, Form(()))


def forms_to_come(call: Call) -> QuerySet[FormVersion]:
    """The forms of stages that an amendment adds: nobody fills them before it is announced."""
    known = versions_of(call).filter(published_at__isnull=False).values("purpose")
    found = versions_of(call).exclude(purpose__in=known)
    return found if call.state == "published" else found.none()


def form_purposes(call: Call) -> dict[str, Text]:
    """For which purposes the call has a form, the application first, and what each is called."""
    made = versions_of(call).order_by("number", "pk").values_list("purpose", flat=True)
    return {purpose: get_working_form(call, purpose)[1].label for purpose in made}
