"""Reading from the environment which institutes vouch for people: ORCID, and one provider of OpenID
Connect.

Belongs here: turning variables into the sign-in library's settings. Does not: what happens after
somebody was vouched for.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from environs import Env


def institute_sign_in(env: Env) -> dict[str, dict[str, Any]]:
    """The providers that are configured: ``ANSO_ORCID_CLIENT_ID``/``_SECRET`` and
    ``ANSO_OIDC_SERVER``/``_CLIENT_ID``/``_SECRET``/``_NAME``.
    """
    providers: dict[str, dict[str, Any]] = {}
    if env.str("ANSO_ORCID_CLIENT_ID", ""):
        app = {
            "client_id": env.str("ANSO_ORCID_CLIENT_ID"),
            "secret": env.str("ANSO_ORCID_CLIENT_SECRET"),
        }
        providers["orcid"] = {
            "BASE_DOMAIN": env.str("ANSO_ORCID_DOMAIN", "orcid.org"),
            "APPS": [app],
        }
    if env.str("ANSO_OIDC_SERVER", ""):
        app = {
            "provider_id": "institute",
            "name": env.str("ANSO_OIDC_NAME", "your institute"),
            "client_id": env.str("ANSO_OIDC_CLIENT_ID"),
            "secret": env.str("ANSO_OIDC_CLIENT_SECRET"),
            "settings": {"server_url": env.str("ANSO_OIDC_SERVER")},
        }
        providers["openid_connect"] = {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    return providers


def sign_in_hosts(env: Env) -> list[str]:
    """Where a sign-in form may lead to: browsers apply ``form-action`` to the redirect as well."""
    hosts = (
        [f"https://{env.str('ANSO_ORCID_DOMAIN', 'orcid.org')}"]
        if env.str("ANSO_ORCID_CLIENT_ID", "")
        else []
    )
    server = env.str("ANSO_OIDC_SERVER", "")
    return [*hosts, f"{urlsplit(server).scheme}://{urlsplit(server).netloc}"] if server else hosts
