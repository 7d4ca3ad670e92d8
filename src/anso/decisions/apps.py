"""Wiring of the decisions app."""

from __future__ import annotations

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Selection runs, decisions prepared and released."""

    name = "anso.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Tell the packages below what this app has for them."""
        from anso.applications.wording.calendar import OWN_DAYS  # models are ready now
        from anso.applications.wording.export_columns import EXPORT_COLUMNS
        from anso.audit.wording import FIELDS, KINDS, LABELS, VERBS
        from anso.calls.enums import Phase
        from anso.calls.queries.amendments import WATCHERS
        from anso.calls.queries.keys import CALLS_BEHIND
        from anso.calls.queries.moves import FOLLOWERS
        from anso.calls.wording import CALL_LINKS, DESK, PHASE_STATES
        from anso.decisions import wording
        from anso.decisions.actions.amended import WATCHER
        from anso.decisions.actions.following import FOLLOWER
        from anso.decisions.actions.letters import bring_up_to_date
        from anso.decisions.actions.releasing import NOTICES
        from anso.decisions.queries import selection_state
        from anso.decisions.rules.selections import is_free_of_selections
        from anso.decisions.wording import people
        from anso.decisions.wording.calendar import days_of_review
        from anso.decisions.wording.export_columns import columns_of_selection
        from anso.kernel.about_people import PERSON_SHELVES
        from anso.kernel.todo import TODO_SOURCES
        from anso.notifications.notices import LETTERS
        from anso.notifications.queries import OVERTAKEN
        from anso.notifications.wording import MAIL_KINDS, MAILINGS
        from anso.review.rules import STANDS_ON_REVIEWS

        EXPORT_COLUMNS.add("decisions", columns_of_selection, order=400)
        PERSON_SHELVES.add_all(people.PERSON_SHELVES, order=400)
        VERBS.add_all(wording.VERBS)
        STANDS_ON_REVIEWS.add("decisions", is_free_of_selections)
        MAIL_KINDS.add_all(wording.MAIL_KINDS)
        KINDS.add_all(wording.KINDS)
        FIELDS.add_all(wording.FIELDS)
        CALLS_BEHIND.add_all(wording.WAYS)
        LABELS.add_all(wording.LABELS)
        DESK.add_all(wording.DESK_PAGES, order=400)
        CALL_LINKS.add_all(wording.CALL_LINKS)
        TODO_SOURCES.add("decisions", wording.todo_items_for)
        OWN_DAYS.add("decisions", days_of_review)
        FOLLOWERS.add("decisions", FOLLOWER, order=400)
        PHASE_STATES.add(Phase.SELECTION, selection_state)
        WATCHERS.add("decisions", WATCHER, order=400)
        MAILINGS.add_all(wording.MAILINGS)
        for notice in NOTICES.values():
            LETTERS.add(notice.code, notice)
            OVERTAKEN.add(notice.code, bring_up_to_date)
