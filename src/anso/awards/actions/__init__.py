"""What is done with offers. Import from here."""

from __future__ import annotations

from anso.awards.actions.correcting import correct_outcome
from anso.awards.actions.enrolling import answer_enrolment
from anso.awards.actions.naming import choose_naming
from anso.awards.actions.offer_mail import fresh_link, notify_applicant_of, notify_of_offer
from anso.awards.actions.offers import (
    accept_offer,
    decline_offer,
    lapse_offer,
    make_offers,
    pass_on_places,
    remind_of_offer,
)
from anso.awards.actions.pictures import put_picture, take_picture_away
from anso.awards.actions.settling import extend_offer, record_answer, revoke_offer
from anso.awards.actions.wall import enter_earlier_holders, take_off_holder

__all__ = [
    "accept_offer",
    "answer_enrolment",
    "choose_naming",
    "correct_outcome",
    "decline_offer",
    "enter_earlier_holders",
    "extend_offer",
    "fresh_link",
    "lapse_offer",
    "make_offers",
    "notify_applicant_of",
    "notify_of_offer",
    "pass_on_places",
    "put_picture",
    "record_answer",
    "remind_of_offer",
    "revoke_offer",
    "take_off_holder",
    "take_picture_away",
]
