"""Addresses of reviewing: pages of reviewers and applicants, and the officer's desk."""

from __future__ import annotations

from django.urls import path

from anso.review.views import (
    application,
    asked,
    assignments,
    candidates,
    inviting,
    member,
    names,
    proposing,
    rebuttals,
    reviewers,
    writing,
)

app_name = "review"
urlpatterns = [
    path("answers/<str:reference>/", rebuttals.rebuttal, name="rebuttal"),
    path("answers/<str:reference>/draft/", rebuttals.rebuttal_draft, name="rebuttal_draft"),
    path("desk/calls/<str:reference>/answers/", rebuttals.answers, name="answers"),
    path("reviews/", member.assignments, name="assignments"),
    path("reviews/invitations/<str:reference>/", member.invitation, name="invitation"),
    path("reviews/asked/<str:token>/", asked.asked, name="asked"),
    path("reviews/asked/<str:token>/yes/", asked.accept_asked, name="accept_asked"),
    path("reviews/asked-of-me/<str:reference>/", asked.own_asked, name="own_asked"),
    path("reviews/names/<str:reference>/", names.names, name="names"),
    path("reviews/names/<str:reference>/answer/", names.declared, name="declared_names"),
    path("reviews/<str:reference>/", writing.assignment, name="assignment"),
    path("reviews/<str:reference>/draft/", writing.draft, name="draft"),
    path("reviews/<str:reference>/answer/", member.answer, name="answer"),
    path(
        "reviews/<str:reference>/documents/<str:file_reference>/", member.document, name="document"
    ),
    path(
        "desk/calls/<str:reference>/reviewers.<slug:kind>",
        reviewers.export_reviewers,
        name="export_reviewers",
    ),
    path("desk/calls/<str:reference>/reviewers/", reviewers.reviewers, name="reviewers"),
    path("desk/calls/<str:reference>/reviewers/find/", candidates.candidates, name="candidates"),
    path("desk/calls/<str:reference>/reviewers/invite/", inviting.invite, name="invite"),
    path(
        "desk/calls/<str:reference>/reviewers/asked/<str:invitation>/",
        inviting.asked_one,
        name="asked_one",
    ),
    path(
        "desk/calls/<str:reference>/assignments/",
        assignments.call_assignments,
        name="call_assignments",
    ),
    path("desk/calls/<str:reference>/assignments/propose/", proposing.propose, name="propose"),
    path(
        "desk/calls/<str:reference>/assignments/propose/<str:proposal>/drop/",
        proposing.drop,
        name="drop_proposal",
    ),
    path(
        "desk/calls/<str:reference>/assignments/propose/<str:proposal>/assign/",
        proposing.assign,
        name="assign_proposed",
    ),
    path(
        "desk/calls/<str:reference>/assignments/<str:number>/",
        application.application_assignments,
        name="application_assignments",
    ),
]
