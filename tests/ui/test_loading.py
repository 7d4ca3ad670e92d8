"""What is kept of templates and static files gives the same page, and is kept once."""

from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.template.base import NodeList
from django.template.loader_tags import BlockNode

from anso.ui.loading import KnownNodes, Loader, StaticFiles


def test_a_base_template_is_looked_through_once(monkeypatch):
    engine = engines["django"].engine
    (loader,) = engine.template_loaders
    assert isinstance(loader, Loader)
    base = loader.get_template("ui/base.html")
    names = [node.name for node in base.nodelist.get_nodes_by_type(BlockNode)]
    assert names == [node.name for node in NodeList(base.nodelist).get_nodes_by_type(BlockNode)]
    assert {"main", "seal", "crumbs"} <= set(names)  # also those inside of others
    monkeypatch.setattr(NodeList, "get_nodes_by_type", lambda *_: 1 / 0)
    assert [each.name for each in base.nodelist.get_nodes_by_type(BlockNode)] == names
    assert loader.get_template("ui/base.html").nodelist is base.nodelist
    assert isinstance(base.nodelist, KnownNodes)


def test_two_pages_of_one_base_keep_their_own_blocks(rf):
    engine, request = engines["django"], rf.get("/")
    request.user = AnonymousUser()
    base = "{% extends 'ui/base.html' %}"
    one = engine.from_string(base + "{% block main %}first {{ word }}{% endblock %}")
    other = engine.from_string(base + "{% block main %}second{% endblock %}")
    for _ in range(2):
        assert "first here" in one.render({"word": "here", "seal": {}}, request)
        drawn = other.render({"seal": {}}, request)
        assert "second" in drawn
        assert "first" not in drawn


def test_an_address_is_looked_up_once_and_the_hashed_one_apart(settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT, settings.STATIC_URL = str(tmp_path), "/static/"
    storage = StaticFiles(location=str(tmp_path))
    storage.hashed_files = {"ui/anso.css": "ui/anso.0123456789ab.css"}
    asked = []
    stored = storage.stored_name
    monkeypatch.setattr(storage, "stored_name", lambda name: asked.append(name) or stored(name))
    settings.DEBUG = False
    assert [storage.url("ui/anso.css") for _ in range(3)] == [
        "/static/ui/anso.0123456789ab.css"
    ] * 3
    assert asked == ["ui/anso.css"]
    settings.DEBUG = True
    plain = StaticFiles(location=str(tmp_path))
    plain.hashed_files = storage.hashed_files
    assert plain.url("ui/anso.css", force=True) == "/static/ui/anso.0123456789ab.css"
    assert plain.url("ui/anso.css") == "/static/ui/anso.css"
