"""Addresses of the calls app."""

from __future__ import annotations

from django.urls import path

from anso.calls.views import (
    amendments,
    conflicts,
    creation,
    design,
    editions,
    eligibility_check,
    intake,
    moves,
    nouns,
    occasion,
    own_questions,
    people,
    public,
    publication,
    questions,
    rows,
    rubrics,
    serving,
    stages,
)

app_name = "calls"
urlpatterns = [
    path("calls/", public.call_list, name="list"),
    path("calls/<slug:slug>/", public.call_page, name="call"),
    path("calls/<slug:slug>/check/", eligibility_check.check, name="check"),
    path("calls/<slug:slug>/check/result/", eligibility_check.check_result, name="check_result"),
    path("calls/<slug:slug>/current/", public.current_batch, name="current"),
    path("calls/<slug:slug>/calendar.ics", public.call_calendar, name="calendar"),
    path("calls/<slug:slug>/terms.json", public.call_terms, name="terms"),
    path("desk/calls/new/", creation.create, name="create"),
    path("desk/calls/<slug:reference>/edit/", design.edit, name="edit"),
    path("desk/calls/<slug:reference>/words/", nouns.nouns, name="nouns"),
    path("desk/calls/<slug:reference>/intake/", intake.intake, name="intake"),
    path("desk/calls/<slug:reference>/occasion/", occasion.occasion, name="occasion"),
    path("desk/calls/<slug:reference>/edition/", editions.edition, name="edition"),
    path("desk/calls/<slug:reference>/timeline/", design.timeline, name="timeline"),
    path("desk/calls/<slug:reference>/outcome/", design.outcome, name="outcome"),
    path("desk/calls/<slug:reference>/rubric/", rubrics.rubric, name="rubric"),
    path("desk/calls/<slug:reference>/conflicts/", conflicts.conflicts, name="conflicts"),
    path("desk/calls/<slug:reference>/terms/<slug:table>/", rows.row_list, name="rows"),
    path("desk/calls/<slug:reference>/add/<slug:table>/", rows.add, name="add_row"),
    path("desk/calls/<slug:reference>/terms/<slug:table>/<slug:key>/", rows.row, name="row"),
    path("desk/calls/<slug:reference>/stage/", stages.add, name="add_stage"),
    path(
        "desk/calls/<slug:reference>/terms/<slug:table>/<slug:key>/remove/",
        stages.removal,
        name="removal",
    ),
    path("desk/calls/<slug:reference>/ask/<slug:purpose>/", own_questions.ask, name="own_question"),
    path("desk/calls/<slug:reference>/questions/", questions.question_list, name="questions"),
    path(
        "desk/calls/<slug:reference>/questions/<slug:purpose>/",
        questions.question_list,
        name="questions_of",
    ),
    path(
        "desk/calls/<slug:reference>/questions/<slug:purpose>/changes/",
        questions.question_changes,
        name="question_changes",
    ),
    path(
        "desk/calls/<slug:reference>/questions/<slug:purpose>/<slug:key>/",
        questions.question_page,
        name="question",
    ),
    path("desk/calls/<slug:reference>/people/", people.people, name="people"),
    path("desk/calls/<slug:reference>/people/serving/", serving.serving, name="serving"),
    path("desk/calls/<slug:reference>/publish/", publication.publish, name="publish"),
    path("desk/calls/<slug:reference>/deadline/", moves.extension, name="extension"),
    path("desk/calls/<slug:reference>/amend/", amendments.amend, name="amend"),
    path("desk/calls/<slug:reference>/end/", publication.end, name="end"),
]
