"""Institutes that vouch for people are read from the environment."""

from __future__ import annotations

import pytest
from environs import Env

from anso.config.sign_in import institute_sign_in, sign_in_hosts


def test_nothing_is_offered_that_is_not_configured() -> None:
    assert institute_sign_in(Env()) == {}
    assert sign_in_hosts(Env()) == []


def test_orcid_is_offered_with_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSO_ORCID_CLIENT_ID", "APP-1")
    monkeypatch.setenv("ANSO_ORCID_CLIENT_SECRET", "s")
    assert institute_sign_in(Env())["orcid"]["APPS"] == [{"client_id": "APP-1", "secret": "s"}]
    assert sign_in_hosts(Env()) == ["https://orcid.org"]


def test_institute_is_offered_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SERVER": "https://id.example/realms/x",
        "NAME": "Academy",
        "CLIENT_ID": "c",
        "CLIENT_SECRET": "s",
    }.items():
        monkeypatch.setenv(f"ANSO_OIDC_{name}", value)
    app = institute_sign_in(Env())["openid_connect"]["APPS"][0]
    assert (app["name"], app["settings"]) == (
        "Academy",
        {"server_url": "https://id.example/realms/x"},
    )
    assert sign_in_hosts(Env()) == ["https://id.example"]
