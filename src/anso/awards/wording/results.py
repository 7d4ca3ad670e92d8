"""The results of a call in the reader's words: by whom and when it was decided, what came of it in
figures, and as far as the call publishes them numbers or names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from anso.awards.models import Offer
from anso.awards.queries import IN_FORCE, Holder, Results, runs_behind
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.wording import ResultLine, group_words, level_words
from anso.decisions.models import SelectionRun
from anso.decisions.queries import announced_on, get_public_run
from anso.kernel.collation import sort_key
from anso.kernel.disclosure import LEAST, Tally, ToldApart
from anso.kernel.terms import Publication, Terms
from anso.programmes.wording import CallWords
from anso.ui.countries import country_name
from anso.ui.figures import in_figures, in_percent
from anso.ui.instants import day_in_words, instant_here_and_there
from anso.ui.question_fields import in_a_row, in_reader_language

TOTALS: dict[str, Promise] = {
    "submitted": gettext_lazy("Handed in"),
    "withdrawn": gettext_lazy("of these, withdrawn"),
    "decided": gettext_lazy("Decided"),
    "eligible": gettext_lazy("of these, eligible"),
    "selected": gettext_lazy("Selected, so far"),
    "accepted": gettext_lazy("of these, accepted"),
    "unanswered": gettext_lazy("of these, not answered yet"),
    "given_back": gettext_lazy("of these, declined or not answered in time"),
    "waiting": gettext_lazy("On the waiting list"),
}


@dataclass(frozen=True)
class CountRow:
    """One part of those who were decided, in words: how many, and how many of them selected."""

    label: str
    decided: str
    selected: str
    rate: str


@dataclass(frozen=True)
class CountTable:
    """What those who were decided are told apart by; ``note`` says why some
    stand together, or why there is nothing."""

    heading: str
    rows: list[CountRow]
    note: str


@dataclass(frozen=True)
class HolderRow:
    """Somebody who accepted, as everybody reads them."""

    name: str
    title: str
    organisation: str
    country: str
    held: str
    host: str
    citation: str


def address_of_results(call: Call, now: dt.datetime) -> str:
    """Where the results of a call stand; blank before everybody may read them."""
    return reverse("awards:results", args=[call.slug]) if get_public_run(call, now) else ""


def confidential_until(call: Call, now: dt.datetime) -> str:
    """What whoever hears of a result must not tell yet; blank where nothing holds it back."""
    day = announced_on(call, now)
    if day is None:
        return ""
    text = _(
        "The results of this call are announced on %(day)s. Please keep what you read here to"
        " yourself until then."
    )
    return text % {"day": day_in_words(day)}


def result_line(run: SelectionRun) -> ResultLine:
    """What came of a call at its release, in a line."""
    call, words = run.call, CallWords(get_terms(run.call))
    facts = {
        "given": words.count(run.figures["filled"]),
        "entries": words.count_entries(run.figures["applications"]),
    }
    return ResultLine(
        call,
        run.released_at or run.computed_at,
        _("%(given)s given at the release, for %(entries)s judged") % facts,
        reverse("awards:results", args=[call.slug]),
        is_drawn=bool(run.figures.get("drawn")),
    )


def result_lines(calls: Sequence[Call], now: dt.datetime) -> dict[int, ResultLine]:
    """Of these calls, the lines of those whose results are out."""
    return {run.call_id: result_line(run) for run in runs_behind(calls, now)}


def decided_in_words(results: Results, call: Call) -> list[str]:
    """Who decided, when everybody was told, of which day the figures are, and what was corrected
    since.
    """
    run, told = results.run, []
    if results.body is not None and run.confirmed_at is not None:
        facts = {
            "body": in_reader_language(results.body.name),
            "at": instant_here_and_there(run.confirmed_at, call.zone),
        }
        told.append(_("Confirmed by %(body)s: %(at)s.") % facts)
    if run.released_at is not None:
        at = instant_here_and_there(run.released_at, call.zone)
        told.append(_("Released to all, together: %(at)s.") % {"at": at})
    told.append(_("As it stands on %(day)s.") % {"day": day_in_words(results.as_of)})
    if results.corrected_on:
        days = in_a_row(day_in_words(each) for each in results.corrected_on)
        told.append(_("Corrected on %(days)s; this page follows.") % {"days": days})
    return told


def total_rows(results: Results) -> list[tuple[str, str]]:
    """The totals in words; those that are nothing beside another are left out."""
    counted = {name: getattr(results.totals, name) for name in TOTALS}
    always = ("submitted", "decided", "eligible", "selected")
    return [
        (str(label), in_figures(counted[name]))
        for name, label in TOTALS.items()
        if counted[name] or name in always
    ]


def count_tables(results: Results, terms: Terms) -> list[CountTable]:
    """Those who were decided by level, country and group, each as far as it tells something."""
    tables = []
    if len(terms.levels) > 1:
        # Levels are called as what is given calls them: awards of a prize.
        heading = CallWords(terms)["asked"]
        tables.append(_table(heading, results.levels, lambda key: level_words(key, terms) or "–"))
    tables.append(_table(_("Country"), _sorted(results.countries), country_in_words))
    if results.groups:
        rows = [_row(group_words(each.key, terms), each) for each in results.groups]
        tables.append(CountTable(_("Group"), rows, ""))
    return tables


def country_in_words(code: str) -> str:
    """A country, or that there is none, or none that is settled."""
    return country_name(code) if code else _("none, or not settled")


def _sorted(told: ToldApart) -> ToldApart:
    language = get_language() or "en"
    shown = sorted(told.shown, key=lambda each: sort_key(country_in_words(each.key), language))
    return ToldApart(tuple(shown), told.together, told.rest)


def _table(heading: str, told: ToldApart, named: Callable[[str], str]) -> CountTable:
    rows = [_row(named(each.key), each) for each in told.shown]
    if told.rest is None:
        return CountTable(heading, rows, "" if rows else _("Nothing was decided."))
    if not rows:
        note = _("Not told apart: where fewer than %(least)s were decided somebody is recognised.")
        return CountTable(heading, [], note % {"least": in_figures(LEAST)})
    return CountTable(heading, [*rows, _row(together_in_words(), told.rest)], why_together())


def together_in_words() -> str:
    """What stands for those who are counted together."""
    return _("others, counted together")


def why_together() -> str:
    """Why some are counted together."""
    text = _(
        "Where fewer than %(least)s were decided they are counted together, with others where"
        " needed: nobody is to be recognised, not by taking one figure from another either."
    )
    return text % {"least": in_figures(LEAST)}


def _row(label: str, tally: Tally) -> CountRow:
    rate = in_percent(round(tally.selected / tally.decided, 3)) if tally.decided else "–"
    return CountRow(label, in_figures(tally.decided), in_figures(tally.selected), rate)


def holder_rows(results: Results, terms: Terms) -> list[HolderRow]:
    """Those who accepted, by their names in the order that the reader expects."""
    language = get_language() or "en"
    held = sorted(results.holders, key=lambda each: sort_key(each.name, language))
    return [_holder_row(each, terms) for each in held]


def _holder_row(holder: Holder, terms: Terms) -> HolderRow:
    hosts = {host.key: host.label for host in terms.hosts}
    label = hosts.get(holder.host)
    return HolderRow(
        name=holder.name,
        title=holder.title,
        organisation=holder.organisation,
        # Whoever has no country is not pointed at.
        country=country_name(holder.country) if holder.country else "",
        held=held_in_words(holder, terms),
        host=in_reader_language(label) if label else "",
        citation=holder.citation,
    )


def held_in_words(holder: Holder, terms: Terms) -> str:
    """What somebody holds: its level where it has one, else its name."""
    if holder.level:
        return level_words(holder.level, terms)
    return in_reader_language(holder.place.label) if holder.place else ""


def naming_of(offer: Offer) -> dict[str, str | bool] | None:
    """What the page of an offer says about the holder's name among the results; None where nobody
    is named, or the offer does not stand.
    """
    terms = get_terms(offer.application.call)
    if terms.publishes is not Publication.NAMES or offer.state not in IN_FORCE:
        return None
    if offer.is_unnamed:
        text = _("You asked not to be named: you are counted, and your name stands nowhere there.")
    elif offer.state == "accepted":
        text = _("Everybody can read your name on the page of results.")
    else:
        text = _("If you accept, everybody can read your name on the page of results.")
    label = _("Name me") if offer.is_unnamed else _("Do not name me")
    return {"text": text, "label": label, "hides": not offer.is_unnamed}


def naming_done(offer: Offer) -> str:
    """What was chosen, told once."""
    if offer.is_unnamed:
        return _("Your name does not stand among the results.")
    return _("Your name may stand among the results.")
