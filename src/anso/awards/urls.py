"""Addresses of outcomes and offers."""

from __future__ import annotations

from django.urls import path

from anso.awards.views import (
    award_letters,
    correcting,
    enrolling,
    member,
    pictures,
    public,
    results,
    settling,
    staff,
    wall,
)

app_name = "awards"
urlpatterns = [
    path("honours/pictures/<slug:reference>.jpg", pictures.picture, name="picture"),
    path("honours/<slug:code>/", wall.wall, name="wall"),
    path("honours/<slug:code>/earlier/", wall.keep_wall, name="keep_wall"),
    path("desk/calls/<slug:reference>/register/", enrolling.register, name="register"),
    path("calls/<slug:slug>/results/", results.results, name="results"),
    path("calls/<slug:slug>/results.csv", results.results_csv, name="results_csv"),
    path("calls/<slug:slug>/results.json", results.results_json, name="results_json"),
    path("applications/<str:reference>/outcome/", member.outcome, name="outcome"),
    path("offers/by-link/<str:token>/", public.by_link, name="by_link"),
    path(
        "offers/by-link/<str:token>/letter.pdf", award_letters.letter_by_link, name="letter_by_link"
    ),
    path("confirmations/<slug:code>/", award_letters.letter_check, name="letter_check"),
    path("offers/<str:reference>/", member.offer_page, name="offer"),
    path("offers/<str:reference>/picture/", pictures.own_picture, name="own_picture"),
    path("offers/<str:reference>/letter.pdf", award_letters.own_letter, name="letter"),
    path("offers/<str:reference>/accept/", member.accept, name="accept"),
    path("offers/<str:reference>/name/", member.naming, name="naming"),
    path("offers/<str:reference>/decline/", member.decline, name="decline"),
    path("desk/calls/<str:reference>/offers/", staff.offers, name="offers"),
    path("desk/calls/<str:reference>/confirmations/", award_letters.details, name="details"),
    path("desk/offers/<str:reference>/letter.pdf", award_letters.desk_letter, name="desk_letter"),
    path("desk/decisions/<str:reference>/correct/", correcting.correct, name="correct"),
    path("desk/offers/<str:reference>/<str:deed>/", settling.settle, name="settle"),
]
