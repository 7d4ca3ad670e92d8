"""The door for the web server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from anso.config.startup_checks import require_sound_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anso.config.settings")
application = get_wsgi_application()
require_sound_database()
