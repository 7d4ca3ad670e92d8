"""The award letter: what an offer gives, on paper and to be shown to others; what it leaves out
as long as nobody said it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from anso.applications.models import Application
from anso.awards.models import AwardDetail, Offer
from anso.awards.queries import IN_FORCE
from anso.awards.queries.award_letters import (
    HostDetail,
    award_details,
    code_of_letter,
    detail_of_offer,
    organisation_of_host,
    replaced_at,
    version_of_letter,
)
from anso.awards.wording.offers import holders_in_words, offered_label
from anso.calls.models import Call
from anso.calls.queries import get_terms, title_of
from anso.calls.wording import how_much, how_often
from anso.kernel.periods import day_of
from anso.kernel.terms import Host
from anso.programmes.wording import CallWords
from anso.ui.countries import country_name
from anso.ui.fields import with_colon
from anso.ui.instants import day_in_words, end_in_words
from anso.ui.question_fields import in_a_row, in_reader_language, set_apart


def letter_payload(offer: Offer, now: dt.datetime) -> dict[str, Any]:
    """What the letter says, in the reader's language. What nobody has said yet is left out."""
    application, terms = offer.application, get_terms(offer.application.call)
    call, words = application.call, CallWords(terms)
    facts = {
        "call": in_reader_language(title_of(call)),
        "number": application.number,
        "subject": application.subject_name,
        "place": offered_label(offer, terms),
    }
    is_accepted = offer.state == "accepted"
    said = words.say("accepted_told" if is_accepted else "offer_told", **facts)
    stands = _stands(offer)
    detail = detail_of_offer(offer)
    holder = holders_in_words(offer)
    code = code_of_letter(offer, detail.detail.version if detail else 0)
    return {
        "title": words["award_title"],
        "to": [holder],
        "date": day_in_words(day_of(now, call.zone)),
        "reference": application.number,
        "salutation": gettext("Dear %(name)s,") % {"name": holder},
        "paragraphs": [said[:1].upper() + said[1:], stands],
        "facts": [*_facts(offer, facts, words), *_said_of_host(detail, call, words)],
        "blocks": _steps(detail, words),
        "closing": gettext("Whether this letter still stands is told here: %(url)s")
        % {"url": settings.SITE_URL + reverse("awards:letter_check", args=[code])},
        "signed": [settings.ALLIANCE["NAME"], settings.ALLIANCE["MAIL"]],
        "footer": f"{application.number} · {code}",
    }


def _stands(offer: Offer) -> str:
    call = offer.application.call
    if offer.state == "accepted" and offer.answered_at:
        day = day_in_words(day_of(offer.answered_at, call.zone))
        return gettext("It was accepted on %(day)s.") % {"day": day}
    text = gettext("It is not accepted yet. It can be accepted until %(day)s.")
    return text % {"day": end_in_words(offer.respond_by, call.zone)}


def _facts(offer: Offer, facts: dict[str, str], words: CallWords) -> list[tuple[str, str]]:
    rows = [(facts["call"], facts["place"])]
    subject = offer.application.subject_name
    if subject != holders_in_words(offer):
        rows.append((str(words.entry.heading), subject))
    for benefit in offer.benefits:
        amount = how_much(benefit["amount"], benefit.get("currency", ""))
        often = how_often(benefit["per"]) if benefit.get("per") else ""
        payer = gettext("paid by %(payer)s") % {"payer": in_reader_language(benefit["payer"])}
        rows.append(
            (
                in_reader_language(benefit["label"]),
                in_a_row([" ".join(filter(None, (amount, often))), payer]),
            )
        )
    return rows


def _said_of_host(found: HostDetail | None, call: Call, words: CallWords) -> list[tuple[str, str]]:
    if found is None:
        return []
    detail, rows = found.detail, list[tuple[str, str]]()
    if found.host is not None:
        rows.append((gettext("Host"), _host_in_words(found.host, call)))
    if detail.starts_on is not None:
        rows.append((words["award_starts"], day_in_words(detail.starts_on)))
    if detail.contact:
        rows.append((gettext("Whom to write to"), detail.contact))
    return rows


def _host_in_words(host: Host, call: Call) -> str:
    known = organisation_of_host(call, host.key)
    country = known.organisation.country_id if known and known.organisation else ""
    name = in_reader_language(host.label)
    return in_a_row(filter(None, (name, country_name(country) if country else "")))


def _steps(found: HostDetail | None, words: CallWords) -> list[dict[str, str]]:
    steps = in_reader_language(found.detail.steps) if found and found.detail.steps else ""
    return (
        [{"kind": "text", "text": f"{with_colon(words['award_steps'])}\n\n{steps}"}]
        if steps
        else []
    )


def labels_of_details(words: CallWords) -> dict[str, str]:
    """What letters tell beside the offer, by code, as officers and holders read of it."""
    labels = {"starts_on": words["award_starts"], "contact": gettext("Whom to write to")}
    for code, language in settings.LANGUAGES:
        labels[f"steps_{code}"] = f"{words['award_steps']} ({language})"
    return labels


def _said_in_words(detail: AwardDetail) -> dict[str, str]:
    steps = {f"steps_{code}": detail.steps.get(code, "") for code, _name in settings.LANGUAGES}
    starts = day_in_words(detail.starts_on) if detail.starts_on else ""
    return {"starts_on": starts, "contact": detail.contact, **steps}


def letter_changed(call: Call, before: AwardDetail, after: AwardDetail) -> dict[str, str]:
    """What holders of letters are told of a change: of each thing what letters said and say now."""
    words, unsaid = CallWords(get_terms(call)), gettext("nothing")
    said, says = _said_in_words(before), _said_in_words(after)
    text = gettext("%(what)s\nThe earlier letter says: %(before)s\nThe letter says now: %(now)s")
    changes = [
        text % {"what": label, "before": said[code] or unsaid, "now": says[code] or unsaid}
        for code, label in labels_of_details(words).items()
        if said[code] != says[code]
    ]
    return {"letter": words["award_title"], "changes": "\n\n".join(changes)}


def letter_news(offer: Offer) -> str:
    """What holders read beside their letter when it says something else than the one they had."""
    found = None if offer.letter_had is None else replaced_at(offer, offer.letter_had)
    if found is None:
        return ""
    text = gettext("On %(day)s what it says was changed. It replaces the one that you have.")
    return text % {"day": day_in_words(day_of(found, offer.application.call.zone))}


def missing_in_words(call: Call) -> list[str]:
    """What letters of confirmation of a call leave out, one line for each host."""
    labels = labels_of_details(CallWords(get_terms(call)))
    lines = []
    for found in award_details(call):
        if not found.missing:
            continue
        said = in_a_row(labels[code] for code in found.missing)
        host = in_reader_language(found.host.label) if found.host else ""
        lines.append(f"{with_colon(host)} {said}" if host else said)
    return lines


def missing_before_release(call: Call) -> list[str]:
    """What whoever releases reads before it, in one line; nothing where all is said."""
    lines = missing_in_words(call)
    if not lines:
        return []
    text = gettext("Letters of confirmation leave out, as nobody has said it yet: %(missing)s.")
    return [text % {"missing": set_apart(lines)}]


def standing_of_letter(offer: Offer, version: int) -> dict[str, Any]:
    """Whether a award letter still stands, for whoever was shown it: no name, no result of
    anybody else. One that was replaced never reads as if it stood; it leads to the present one.
    """
    replaced = replaced_at(offer, version) if offer.state in IN_FORCE else None
    if replaced is not None:
        return _replaced(offer, replaced)
    application: Application = offer.application
    facts = {
        "call": in_reader_language(title_of(application.call)),
        "number": application.number,
        "place": offered_label(offer, get_terms(application.call)),
    }
    texts = {
        "made": gettext(
            "It stands: %(place)s of %(call)s is offered for %(number)s and not accepted yet."
        ),
        "accepted": gettext(
            "It stands: %(place)s of %(call)s was offered for %(number)s and accepted."
        ),
    }
    gone = gettext("It no longer stands: what was offered for %(number)s in %(call)s is not given.")
    is_in_force = offer.state in IN_FORCE
    return {
        "title": gettext("This letter stands")
        if is_in_force
        else gettext("This letter no longer stands"),
        "tone": "good" if is_in_force else "stop",
        "text": texts.get(offer.state, gone) % facts,
    }


def _replaced(offer: Offer, at: dt.datetime) -> dict[str, Any]:
    code = code_of_letter(offer, version_of_letter(offer))
    day = day_in_words(day_of(at, offer.application.call.zone))
    text = gettext(
        "What it says was changed on %(day)s: do not rely on it. The letter that stands now has the"
        " code %(code)s; ask whoever showed you this one for it."
    )
    return {
        "title": gettext("This letter was replaced on %(day)s") % {"day": day},
        "tone": "stop",
        "text": text % {"day": day, "code": code},
        "present_url": reverse("awards:letter_check", args=[code]),
    }
