"""What people answer who are asked for a citizenship and hold none, or one that nobody has settled.

The codes lie where ISO 3166-1 leaves them to its users; the three letters are those that passports
carry (ICAO Doc 9303). Not here: names of countries.
"""

from __future__ import annotations

STATELESS = "XS"
UNSETTLED = "XU"
# No country, and nothing to draw on a map.
NO_COUNTRY = frozenset({STATELESS, UNSETTLED})
# What rules on citizenship cannot judge: an officer looks.
UNDETERMINED = frozenset({UNSETTLED})
