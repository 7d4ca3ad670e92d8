"""The smallest Django site: one view that says one word. What it serves a second is the ceiling of
the machine and the server.
"""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    SECRET_KEY="bench",
    MIDDLEWARE=[],
    INSTALLED_APPS=[],
)


def word(request: HttpRequest) -> HttpResponse:
    """Answer at once."""
    return HttpResponse("ok")


urlpatterns = [path("", word)]
application = get_wsgi_application()
