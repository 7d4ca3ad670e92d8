"""Reading offers, narrowed to what the reader may see, and who is next for a place that became
free.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.accounts.queries import find_scoped_link, is_way_in_of
from anso.applications.models import Application, Participant
from anso.applications.notices import OF_APPLICANTS
from anso.applications.queries.participants import beneficial_parts_of
from anso.awards.models import Offer
from anso.calls.enums import PhaseState
from anso.calls.models import Call
from anso.calls.queries import SelectedProposal, calls_on_desk_of, get_terms
from anso.calls.queries.phases import state_of_work
from anso.calls.queries.visibility import calls_managed_by
from anso.decisions.enums import Result
from anso.decisions.models import Decision, Placement, SelectionRun
from anso.decisions.queries import get_final_run, numbers_given, positions_at_first
from anso.kernel.actors import SystemProcess
from anso.kernel.periods import Deadline, day_of
from anso.kernel.terms import Benefit, PlaceNode, Terms, to_plain
from anso.notifications.models import Message
from anso.programmes.methods.succession import current_allocation
from anso.selection.allocation import Allocation

PURPOSE = "offer"
LINK_OUTLIVES_OFFER = dt.timedelta(days=60)
IN_FORCE = ("made", "accepted")
REMINDERS = ("awards.reminder",)
GONE = ("declined", "lapsed", "revoked")


def get_own_offer_for(account: Account, reference: str) -> Offer:
    """An offer that is made to the reader; Http404 for everybody else, also for whoever wrote the
    application for them.
    """
    own = beneficial_parts_of(account).values("application_id")
    found = _with_file(Offer.objects.filter(reference=reference, application__in=own)).first()
    if found is None:
        raise Http404("no such offer")
    return found


@dataclass(frozen=True)
class OfferHolder(SystemProcess):
    """Somebody without an account who opened the link of an offer, as the record names them."""

    offer_id: int = 0


@dataclass(frozen=True)
class OpenedOffer:
    """What stands behind the link of an offer: the offer and whose it is, or why there is none."""

    offer: Offer | None = None
    holder: Participant | None = None
    closed_because: str = ""

    @property
    def actor(self) -> OfferHolder:
        """Whoever holds the link, as they act."""
        name = self.holder.full_name if self.holder else ""
        return OfferHolder(f"{name} by link", self.offer.pk if self.offer else 0)


def open_offer_link(token: str, now: dt.datetime) -> OpenedOffer:
    """The offer behind a scoped link; without one the link is unknown, ended by an answer, that of
    somebody who is not named any more, or expired. An offer that was extended keeps its links.
    """
    link = find_scoped_link(token, PURPOSE)
    if link is None or link.about_type != Participant._meta.label_lower:
        return OpenedOffer(closed_because="unknown")
    if link.revoked_at is not None:
        return OpenedOffer(closed_because="replaced")
    holder = Participant.objects.select_related("person").filter(pk=link.about_id).first()
    # A row of participants belongs to a place, whoever stands there.
    if holder is None or not is_way_in_of(link, holder.email):
        return OpenedOffer(closed_because="moved")
    found = Offer.objects.filter(application_id=holder.application_id).order_by("-id")
    offer = _with_file(found).first()
    if offer is None or now >= max(link.expires_at, offer.respond_by + LINK_OUTLIVES_OFFER):
        return OpenedOffer(closed_because="expired")
    return OpenedOffer(offer, holder)


def _with_file(found: QuerySet[Offer]) -> QuerySet[Offer]:
    return found.select_related("application__call", "application__applicant__account", "decision")


def offers_of_call(call: Call) -> QuerySet[Offer]:
    """All offers of a call, the newest first; those made together by rank."""
    found = Offer.objects.filter(application__call=call)
    found = found.select_related(
        "application__applicant", "decision", "follows__application__applicant"
    )
    return found.order_by("-made_at", "id")


def place_figures(call: Call) -> list[dict[str, Any]]:
    """Per group of places: how many there are (as the released selection gave them), accepted,
    waiting for an answer, free; and how many of those given stand beside the number, by a
    correction.
    """
    numbers = numbers_given(call)
    counts = {
        row["place"]: row
        for row in (
            Offer.objects.filter(application__call=call)
            .values("place")
            .annotate(
                accepted=Count("id", filter=Q(state="accepted")),
                open=Count("id", filter=Q(state="made")),
                beside=Count("id", filter=Q(state__in=IN_FORCE, is_by_correction=True)),
            )
        )
    }
    rows = []
    for leaf in get_terms(call).outcome.leaves():
        row = counts.get(leaf.key, {"accepted": 0, "open": 0, "beside": 0})
        number = numbers.get(leaf.key, leaf.capacity)
        free = number - row["accepted"] - row["open"] + row["beside"]
        rows.append({**row, "place": leaf, "number": number, "free": free})
    return rows


def benefits_for(terms: Terms, place: PlaceNode | None) -> list[dict[str, Any]]:
    """What a holder of a place receives and who pays, as plain values that the offer keeps."""

    def applies(benefit: Benefit) -> bool:
        levels_fit = not benefit.levels or (place is not None and place.level in benefit.levels)
        return levels_fit and (
            not benefit.funds or (place is not None and place.fund in benefit.funds)
        )

    return [to_plain(benefit) for benefit in terms.benefits if applies(benefit)]


def decisions_without_offer(call: Call) -> QuerySet[Decision]:
    """Released decisions that give a place and led to no offer yet."""
    released = Decision.objects.filter(
        application__call=call, state="released", result=Result.SELECTED, offers__isnull=True
    )
    return released.select_related("application__applicant__account", "application__call").order_by(
        "id"
    )


def selected_proposals(call: Call) -> list[SelectedProposal]:
    """The proposals of a call that were told of being selected and did not give it back, by answer,
    silence or withdrawal.
    """
    selected = Decision.objects.filter(
        application__call=call, state="released", result=Result.SELECTED
    )
    gone = Offer.objects.filter(application__call=call, state__in=GONE)
    standing = Offer.objects.filter(application__call=call, state__in=IN_FORCE)
    found = Application.objects.filter(pk__in=selected.values("application"), state="decided")
    found = found.exclude(
        Q(pk__in=gone.values("application")) & ~Q(pk__in=standing.values("application"))
    )
    return [SelectedProposal(*row) for row in found.values_list("number", "title")]


def last_answer_at(call: Call, now: dt.datetime) -> dt.datetime:
    """The end of the days that a call gives to answer an offer, counted from an instant."""
    last_day = day_of(now, call.zone) + dt.timedelta(days=get_terms(call).offer_days)
    return Deadline.at_end_of(last_day, call.zone).closes_at


def calls_with_offers_to_make() -> QuerySet[Call]:
    """Calls whose released decisions wait for their offers."""
    waiting = Decision.objects.filter(state="released", result=Result.SELECTED, offers__isnull=True)
    return Call.objects.filter(pk__in=waiting.values("application__call_id")).order_by("pk")


def get_current_allocation(call: Call) -> Allocation | None:
    """Who should hold which place now: everybody keeps the place they were offered, and free ones
    go to the next on the list.

    The released allocation is computed again from its record; then the offers as they stand take
    its place, and those who gave a place back, let it lapse or withdrew leave it, all in one step.
    None before release.
    """
    run = get_final_run(call)
    return None if run is None else _allocation_of(call, run)


def _allocation_of(call: Call, run: SelectionRun, leaving: str = "") -> Allocation:
    """The allocation as it stands, or as it would be if the application with the number
    ``leaving`` left it too.
    """
    offers = Offer.objects.filter(application__call=call).order_by("id")
    # Whoever was given something by a correction stands beside the list.
    gone = offers.filter(Q(state__in=GONE) | Q(is_by_correction=True))
    withdrawn = call.applications.filter(state="withdrawn", placements__run=run)
    # Whom a correction put out of the selection waits for nothing more.
    out = Decision.objects.filter(run=run, corrected_at__isnull=False).exclude(
        Q(result__in=(Result.SELECTED, Result.WAITING))
    )
    return current_allocation(
        run.record["places"],
        dict(offers.values_list("application__number", "place")),
        {
            *gone.values_list("application__number", flat=True),
            *withdrawn.values_list("number", flat=True),
            *out.values_list("application__number", flat=True),
            *([leaving] if leaving else []),
        },
    )


def positions_today(decision: Decision, placement: Placement | None) -> dict[str, int]:
    """By group of places, the number in its list that somebody who waits has now: those before who
    were offered something since, or withdrew, count no more.
    """
    if decision.result != Result.WAITING or placement is None:
        return {}
    own = positions_at_first(placement)
    still = Decision.objects.filter(
        run_id=decision.run_id,
        result=Result.WAITING,
        application__offers__isnull=True,
        application__state="decided",
    ).exclude(application_id=decision.application_id)
    lists = Placement.objects.filter(
        run_id=decision.run_id, application__in=still.values("application")
    ).values_list("facts__lists", flat=True)
    ahead = Counter(
        each["leaf"]
        for listed in lists
        for each in listed or ()
        if each["position"] < own.get(each["leaf"], 0)
    )
    return {leaf: ahead[leaf] + 1 for leaf in own}


def offers_state(call: Call, now: dt.datetime) -> PhaseState:
    """Going on while an offer waits for its answer; late where one is due to be made, or an answer
    is overdue.
    """
    waiting, unanswered = decisions_without_offer(call).exists(), Q(state="made")
    counts = Offer.objects.filter(application__call=call).aggregate(
        made=Count("pk"),
        unanswered=Count("pk", filter=unanswered),
        late=Count("pk", filter=unanswered & Q(respond_by__lt=now)),
    )
    return state_of_work(
        begins=waiting or counts["made"] > 0,
        remains=waiting or counts["unanswered"] > 0,
        is_over=waiting or counts["late"] > 0,
    )


def latest_offers_of(
    applications: Iterable[Application] | QuerySet[Any, Any],
) -> QuerySet[Offer]:
    """The latest offer made on each of these applications."""
    found = Offer.objects.filter(application__in=applications)
    return found.order_by("application_id", "-id").distinct("application_id")


def offers_by_others_to(account: Account) -> list[Offer]:
    """What was offered to this person on applications that somebody else wrote, the latest of
    each.
    """
    parts = beneficial_parts_of(account).exclude(application__applicant__account_id=account.pk)
    found = _with_file(latest_offers_of(parts.values("application_id")))
    return list(found.prefetch_related("application__participants"))


def get_desk_offer_for(account: Account, reference: str, now: dt.datetime) -> Offer:
    """An offer of a call on the reader's desk; Http404 for everybody else."""
    on_desk = calls_on_desk_of(account, now).order_by().values("pk")
    found = Offer.objects.filter(reference=reference, application__call__in=on_desk)
    offer = _with_file(found).first()
    if offer is None:
        raise Http404("no such offer")
    return offer


def get_picture_offer_for(account: Account, reference: str, now: dt.datetime) -> Offer:
    """An offer whose picture the reader may have a say in: made to them, or of a call that they
    work on; Http404 for everybody else.
    """
    own = beneficial_parts_of(account).values("application_id")
    managed = calls_managed_by(account, now).order_by().values("pk")
    theirs = Q(application__in=own) | Q(application__call__in=managed)
    offer = _with_file(Offer.objects.filter(theirs, reference=reference)).first()
    if offer is None:
        raise Http404("no such offer")
    return offer


def next_after(application: Application) -> list[str]:
    """The applications, by number, that would be offered something if this one left the selection
    now.
    """
    run = get_final_run(application.call)
    if run is None:
        return []
    asked = Offer.objects.filter(application__call=application.call)
    numbers = set(asked.values_list("application__number", flat=True))
    given = _allocation_of(application.call, run, leaving=application.number)
    return [
        each.key
        for each in given.placements
        if each.seat and each.key not in numbers and each.key != application.number
    ]


def letters_about(application: Application) -> QuerySet[Message]:
    """What was sent to whoever wrote the application about its decisions and offers, and by an
    officer to applicants among whom they were, the latest first. Nothing that is held, waits or was
    stopped: those are no letters yet.
    """
    decisions = Q(
        about_type=Decision._meta.label_lower,
        about_id__in=application.decisions.filter(state="released").values("pk"),
    )
    offers = Q(about_type=Offer._meta.label_lower, about_id__in=application.offers.values("pk"))
    told = Q(about_type=Application._meta.label_lower, about_id=application.pk, code=OF_APPLICANTS)
    sent = Message.objects.filter(decisions | offers | told, state__in=("sent", "bounced"))
    own = sent.filter(recipient=application.applicant.account_id, recipient__isnull=False)
    return own.exclude(code__in=REMINDERS).order_by("-sent_at", "-id")


@dataclass(frozen=True)
class Aftermath:
    """What a correction would meet: the latest offer to the application; who would be offered
    something if it left the selection; of the place it would be given how many there are and are
    held; how many others wait.
    """

    offer: Offer | None
    following: list[str]
    number: int
    held: int
    waiting: int

    @property
    def stands(self) -> bool:
        """Whether an offer is in force."""
        return self.offer is not None and self.offer.state in IN_FORCE


def get_aftermath(decision: Decision, place: str) -> Aftermath:
    """What a correction of the decision would meet, as things are now."""
    application = decision.application
    offer = Offer.objects.filter(application=application).order_by("-id").first()
    passes_on = offer is not None and not offer.is_by_correction
    row = next((row for row in place_figures(application.call) if row["place"].key == place), None)
    listed = Decision.objects.filter(run=get_final_run(application.call), state="released")
    others = listed.filter(result=Result.WAITING).exclude(application=application)
    asked = Offer.objects.filter(application__call=application.call).values("application_id")
    return Aftermath(
        offer=offer,
        following=next_after(application) if passes_on else [],
        number=row["number"] if row else 0,
        held=row["number"] - row["free"] if row else 0,
        waiting=others.exclude(application__in=asked).count(),
    )


def offers_to_answer(account: Account, now: dt.datetime) -> QuerySet[Offer]:
    """Offers that this person has to answer, the most pressing first."""
    own = beneficial_parts_of(account).values("application_id")
    open_offers = Offer.objects.filter(application__in=own, state="made", respond_by__gt=now)
    return open_offers.select_related("application__call").order_by("respond_by")


def offers_untold() -> QuerySet[Message, int]:
    """The keys of offers whose letter still waits for an officer's release."""
    held = Message.objects.filter(code="awards.offer", state="held")
    return held.order_by().values_list("about_id", flat=True)
