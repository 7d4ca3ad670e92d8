"""Wiring of the awards app."""

from __future__ import annotations

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Offers and what follows them."""

    name = "anso.awards"
    label = "awards"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.applications.wording import APPLICATION_LINKS  # models are ready only now
        from anso.applications.wording.calendar import OWN_DAYS
        from anso.applications.wording.export_columns import EXPORT_COLUMNS
        from anso.applications.wording.standing import ENDINGS
        from anso.awards import notices, wording
        from anso.awards.actions.letters_of_offers import bring_up_to_date
        from anso.awards.queries import offers_state, selected_proposals
        from anso.awards.wording import people
        from anso.awards.wording.award_letters import missing_before_release
        from anso.awards.wording.calendar import days_of_offer
        from anso.awards.wording.export_columns import columns_of_offers
        from anso.calls.enums import Phase
        from anso.calls.queries import PROPOSALS
        from anso.calls.wording import DESK, PHASE_STATES, RESULT_LINES
        from anso.decisions.wording import BEFORE_RELEASE, DECISION_LINKS
        from anso.kernel.about_people import PERSON_SHELVES
        from anso.kernel.matters import MATTER_SOURCES
        from anso.kernel.todo import TODO_SOURCES
        from anso.notifications.notices import LETTERS
        from anso.notifications.queries import OVERTAKEN
        from anso.notifications.wording import MAIL_KINDS

        EXPORT_COLUMNS.add("awards", columns_of_offers, order=500)
        PERSON_SHELVES.add_all(people.PERSON_SHELVES, order=500)
        MAIL_KINDS.add_all(wording.MAIL_KINDS)
        PROPOSALS.add("awards", selected_proposals)
        RESULT_LINES.add("awards", wording.result_lines)
        DESK.add_all(wording.DESK_PAGES, order=500)
        BEFORE_RELEASE.add("awards", missing_before_release)
        DECISION_LINKS.add("correct", wording.address_of_correcting)
        APPLICATION_LINKS.add("result", wording.result_of)
        TODO_SOURCES.add("awards", wording.todo_items_for)
        MATTER_SOURCES.add("awards", wording.matters_of)
        OWN_DAYS.add("awards", days_of_offer)
        ENDINGS.add("awards", wording.endings_of)
        PHASE_STATES.add(Phase.OFFERS, offers_state)
        for notice in (notices.OFFER, notices.CHOSEN):
            LETTERS.add(notice.code, notice)
            OVERTAKEN.add(notice.code, bring_up_to_date)
        self._rule_what_stands_below()
        self._serve_further_editions()
        self._name_what_is_recorded()

    def _name_what_is_recorded(self) -> None:
        """What the record says of the objects here, in words."""
        from anso.audit.wording import FIELDS, KINDS, LABELS, VERBS
        from anso.awards import wording
        from anso.calls.queries.keys import CALLS_BEHIND

        VERBS.add_all(wording.VERBS)
        KINDS.add_all(wording.KINDS)
        LABELS.add_all(wording.LABELS)
        FIELDS.add_all(wording.FIELDS)
        CALLS_BEHIND.add_all(wording.WAYS)

    def _rule_what_stands_below(self) -> None:
        """What an accepted offer keeps others from."""
        from anso.awards.rules import ends_reviews, holds_none
        from anso.decisions.rules import AGAINST_APPEALS
        from anso.hosting.rules import AGAINST_ADMITTING

        AGAINST_APPEALS.add("awards", ends_reviews)
        AGAINST_ADMITTING.add("awards", holds_none)

    def _serve_further_editions(self) -> None:
        """What a call that begins as an earlier edition takes over here."""
        from anso.awards.actions.award_details import bring_award_details
        from anso.awards.wording import TAKEN_OVER
        from anso.calls.actions.beginnings import BROUGHT
        from anso.calls.wording import TAKEN_OVER as OF_CALLS

        BROUGHT.add("awards", bring_award_details)
        OF_CALLS.add_all(TAKEN_OVER, order=500)
        self._show_walls()

    def _show_walls(self) -> None:
        """The page of all who ever held what a programme gives, and what happens to it."""
        from anso.audit.wording import KINDS, VERBS
        from anso.awards.wording import wall
        from anso.calls.wording import CALL_LINKS

        CALL_LINKS.add("wall", wall.address_of_wall)
        VERBS.add_all(wall.VERBS)
        KINDS.add_all(wall.KINDS)
        self._enter_members()

    def _enter_members(self) -> None:
        """The register of members on the desk of a call that admits."""
        from anso.audit.wording import KINDS, VERBS
        from anso.awards.wording import enrolling
        from anso.calls.wording import DESK
        from anso.kernel.todo import TODO_SOURCES

        DESK.add_all(enrolling.DESK_PAGES, order=500)
        VERBS.add_all(enrolling.VERBS)
        KINDS.add_all(enrolling.KINDS)
        TODO_SOURCES.add("awards_register", enrolling.todo_enrolments_for)
