"""Addresses of the applications app."""

from __future__ import annotations

from django.urls import path

from anso.applications.views import (
    answers,
    asking_back,
    case,
    casework,
    collaborators,
    desk_application,
    desk_exports,
    desk_table,
    documents,
    enquiries,
    inviting,
    letter_writers,
    letters,
    letters_put_in,
    namesakes,
    opening,
    progress,
    rule_answers,
    screening,
    starting,
    submissions,
    taken_down,
)

app_name = "applications"
urlpatterns = [
    path("applications/start/<slug:slug>/", starting.start, name="start"),
    path("applications/<slug:reference>/form/<slug:section>/", answers.section, name="section"),
    path("applications/<slug:reference>/save/", answers.save, name="save"),
    path("applications/", starting.application_list, name="list"),
    path("applications/documents/<slug:reference>/", documents.document, name="document"),
    path("applications/letters/<slug:reference>/", letter_writers.own_letter, name="own_letter"),
    path("applications/<slug:reference>/", progress.detail, name="detail"),
    path("applications/<slug:reference>/open-call/", opening.open_call, name="open_call"),
    path("applications/<slug:reference>/eligibility/", progress.eligibility, name="eligibility"),
    path("applications/<slug:reference>/calendar.ics", progress.calendar, name="calendar"),
    path("applications/<slug:reference>/letters/", letters.letters, name="letters"),
    path("applications/<slug:reference>/questions/", enquiries.ask, name="enquiries"),
    path("applications/<slug:reference>/check/", submissions.check, name="check"),
    path("applications/<slug:reference>/submit/", submissions.submit, name="submit"),
    path("applications/<slug:reference>/receipt/", submissions.receipt, name="receipt"),
    path(
        "applications/<slug:reference>/receipt-<int:version>.pdf",
        submissions.receipt_pdf,
        name="receipt_pdf",
    ),
    path("applications/<slug:reference>/together/", collaborators.together, name="together"),
    path("applications/shared/<slug:reference>/", collaborators.shared, name="shared"),
    path("applications/<slug:reference>/withdraw/", submissions.withdraw, name="withdraw"),
    path("letters/<str:token>/", letter_writers.letter, name="letter"),
    path("letters/<str:token>/ask/", asking_back.ask_first, name="ask_first"),
    path(
        "letters/<str:token>/documents/<slug:reference>/",
        asking_back.letter_document,
        name="letter_document",
    ),
    path("letters/<str:token>/save/", letter_writers.save_letter, name="save_letter"),
    path("desk/calls/<slug:reference>/applications/", desk_table.application_table, name="table"),
    path(
        "desk/calls/<slug:reference>/applications.<slug:kind>", desk_exports.export, name="export"
    ),
    path("desk/calls/<slug:reference>/export/", desk_exports.choose_columns, name="export_columns"),
    path(
        "desk/calls/<slug:reference>/export/<int:pk>/remove/",
        desk_exports.remove_view,
        name="remove_export_view",
    ),
    path("desk/calls/<slug:reference>/invited/", inviting.inviting, name="inviting"),
    path("desk/calls/<slug:reference>/enquiries/", enquiries.of_call, name="call_enquiries"),
    path("desk/questions/<slug:reference>/answer/", enquiries.answer, name="answer_enquiry"),
    path("desk/calls/<slug:reference>/screening/", screening.screening, name="screening"),
    path(
        "desk/applications/<slug:reference>/", desk_application.application_page, name="desk_detail"
    ),
    path("desk/applications/<slug:reference>/case/", case.case, name="case"),
    path("desk/applications/<slug:reference>/keep/", casework.keep, name="keep"),
    path(
        "desk/applications/<slug:reference>/namesakes/<slug:pair>/",
        namesakes.answer,
        name="answer_namesake",
    ),
    path("desk/applications/<slug:reference>/screen/", screening.screen_one, name="screen_one"),
    path(
        "desk/applications/<slug:reference>/rules/<str:code>/",
        rule_answers.answer_rule,
        name="answer_rule",
    ),
    path("desk/letters/<slug:reference>/answer/", taken_down.take_down, name="take_down"),
    path("desk/letters/<slug:reference>/put-in/", letters_put_in.put_in, name="put_letter_in"),
    path("desk/letters/<slug:reference>/file/", desk_application.letter_file, name="letter_file"),
]
