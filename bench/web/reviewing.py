"""Gives every eligible application of the fullest call its reviewers, so that the pages about
reviews are measured with what they show.

Run by bench.web.lists on the database that it made; rows are written in bulk, as no person would.
"""

from __future__ import annotations

import datetime as dt

import django

REVIEWERS, EACH = 100, 3


def main() -> None:
    """Make the reviewers and, for each application, two or three assignments of which two thirds
    are done; once.
    """
    from django.db.models import Count
    from django.utils import timezone

    from anso.applications.models import Application
    from anso.calls.models import Call
    from anso.directory.models import Person
    from anso.review.models import Assignment, Reviewer
    from anso.review.queries import get_review_step

    now = timezone.now()
    call = Call.objects.annotate(n=Count("applications")).order_by("-n").first()
    applications = Application.objects.filter(call=call)
    if Assignment.objects.filter(application__call=call).exists():
        return
    people = Person.objects.exclude(pk__in=applications.values("applicant_id")).order_by("id")[
        :REVIEWERS
    ]
    reviewers = Reviewer.objects.bulk_create(
        Reviewer(
            call=call,
            person=person,
            state="accepted",
            capacity=500,
            invited_at=now,
            answered_at=now,
        )
        for person in people
    )
    step = get_review_step(call, now)
    made = []
    for place, key in enumerate(
        applications.filter(state="eligible").order_by("id").values_list("pk", flat=True)
    ):
        for turn in range(EACH if place % 10 else EACH - 1):
            is_done = (place + turn) % 3 > 0
            made.append(
                Assignment(
                    application_id=key,
                    step=step,
                    reviewer=reviewers[(place + 7 * turn) % len(reviewers)],
                    state="submitted" if is_done else "accepted",
                    due_at=now + dt.timedelta(days=place % 30 - 10),
                    assigned_at=now,
                    answered_at=now,
                    submitted_at=now if is_done else None,
                )
            )
    Assignment.objects.bulk_create(made, batch_size=2000)
    print(f"{len(made):,} reviews assigned to {len(reviewers)} reviewers")


if __name__ == "__main__":
    django.setup()
    main()
