"""Addresses of the applications app."""

from __future__ import annotations

from django.urls import path

from anso.applications.views import answers, documents, letters, member, public, screening, staff

app_name = "applications"
urlpatterns = [
    path("applications/", member.application_list, name="list"),
    path("applications/start/<slug:slug>/", member.start, name="start"),
    path("applications/documents/<slug:reference>/", documents.document, name="document"),
    path("applications/letters/<slug:reference>/", public.own_letter, name="own_letter"),
    path("applications/<slug:reference>/", member.detail, name="detail"),
    path("applications/<slug:reference>/eligibility/", member.eligibility, name="eligibility"),
    path("applications/<slug:reference>/form/<slug:section>/", answers.section, name="section"),
    path("applications/<slug:reference>/save/", answers.save, name="save"),
    path("applications/<slug:reference>/letters/", letters.letters, name="letters"),
    path("applications/<slug:reference>/check/", member.check, name="check"),
    path("applications/<slug:reference>/submit/", member.submit, name="submit"),
    path("applications/<slug:reference>/receipt/", member.receipt, name="receipt"),
    path("applications/<slug:reference>/receipt-<int:version>.pdf", member.receipt_pdf, name="receipt_pdf"),
    path("applications/<slug:reference>/withdraw/", member.withdraw, name="withdraw"),
    path("letters/<str:token>/", public.letter, name="letter"),
    path("letters/<str:token>/save/", public.save_letter, name="save_letter"),
    path("desk/calls/<slug:reference>/applications/", staff.application_table, name="table"),
    path("desk/calls/<slug:reference>/applications.csv", staff.export_csv, name="export_csv"),
    path("desk/calls/<slug:reference>/applications.xlsx", staff.export_xlsx, name="export_xlsx"),
    path("desk/calls/<slug:reference>/screening/", screening.screening, name="screening"),
    path("desk/applications/<slug:reference>/", staff.application_page, name="desk_detail"),
    path("desk/applications/<slug:reference>/screen/", screening.screen_one, name="screen_one"),
    path("desk/letters/<slug:reference>/file/", staff.letter_file, name="letter_file"),
]
