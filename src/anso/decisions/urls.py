"""Addresses of selections and decisions on the desk."""

from __future__ import annotations

from django.urls import path

from anso.decisions.views import appeals, beside_reviews, draws, releasing, runs

app_name = "decisions"
urlpatterns = [
    path("desk/calls/<str:reference>/ranking/", runs.ranking, name="ranking"),
    path("desk/calls/<str:reference>/ranking/act/", runs.act, name="act"),
    path(
        "desk/calls/<str:reference>/ranking/beside-the-reviews/",
        beside_reviews.beside_reviews,
        name="beside_reviews",
    ),
    path("desk/calls/<str:reference>/ranking/<int:number>/", runs.ranking, name="run"),
    path("desk/calls/<str:reference>/ranking/<int:number>/record.json", runs.record, name="record"),
    path("desk/calls/<str:reference>/ranking/<int:number>/draw/", draws.draw, name="draw"),
    path("calls/<slug:slug>/draw/", draws.public_draw, name="public_draw"),
    path(
        "desk/calls/<str:reference>/ranking/<int:number>/<str:application>/", runs.why, name="why"
    ),
    path("applications/<str:reference>/review/", appeals.ask_review, name="ask_review"),
    path("desk/calls/<str:reference>/appeals/", appeals.appeals, name="appeals"),
    path("desk/appeals/<str:reference>/", appeals.appeal, name="appeal"),
    path("appeals/<str:reference>/file/", appeals.appeal_file, name="appeal_file"),
    path("desk/calls/<str:reference>/decisions/", releasing.decisions, name="decisions"),
    path("desk/calls/<str:reference>/decisions/words/", releasing.pass_on, name="pass_words_on"),
    path("desk/calls/<str:reference>/decisions/release/", releasing.release, name="release"),
]
