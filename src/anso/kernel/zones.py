"""In which zone somebody lives who has not said so: that of the capital of their country, as the
common locale data knows it.

Belongs here: the guess. Does not: how an instant is told in it (``instants``).
"""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

from babel.core import get_global

# Countries with several zones: where the capital is, or most people are.
OF_CAPITALS = {
    "AR": "America/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FM": "Pacific/Ponape",
    "GL": "America/Godthab",
    "ID": "Asia/Jakarta",
    "KI": "Pacific/Tarawa",
    "KZ": "Asia/Almaty",
    "MH": "Pacific/Majuro",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby",
    "PS": "Asia/Gaza",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
    "XK": "Europe/Belgrade",
}


def zone_of_country(code: str) -> str:
    """The zone of a country's capital; blank for a country that nobody answered or knows."""
    return OF_CAPITALS.get(code) or _only_zones().get(code, "")


@lru_cache(maxsize=1)
def _only_zones() -> dict[str, str]:
    known = available_timezones()
    found: dict[str, str] = {}
    for zone, country in sorted(get_global("zone_territories").items()):
        if zone in known:
            found.setdefault(country, zone)
    return found
