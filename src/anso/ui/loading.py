"""How templates and static files are found. Neither changes while a process lives, so what Django
works out anew for each page is worked out once: which blocks a template has, and where a static
file is served.
"""

from __future__ import annotations

from typing import Any

from django.template import Origin, Template
from django.template.base import Node, NodeList
from django.template.loaders import cached
from whitenoise.storage import CompressedManifestStaticFilesStorage


class KnownNodes(NodeList):
    """The nodes of a compiled template, which looks through them once for each type."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self._by_type: dict[type[Node], list[Node]] = {}

    def get_nodes_by_type(self, nodetype: type[Node]) -> list[Node]:
        """Return all nodes of the type; not to be changed."""
        if nodetype not in self._by_type:
            self._by_type[nodetype] = super().get_nodes_by_type(nodetype)
        return self._by_type[nodetype]


class Loader(cached.Loader):
    """Django's loader that compiles each template once; an ``{% extends %}`` asks the template that
    it extends for its blocks on every page.
    """

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """Return the compiled template. Raises TemplateDoesNotExist."""
        template = super().get_template(template_name, skip)
        if not isinstance(template.nodelist, KnownNodes):
            template.nodelist = KnownNodes(template.nodelist)
        return template


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, which looks up each address once: its manifest is read when a process
    begins.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._urls: dict[tuple[str, bool], str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Return the address of a file. Raises ValueError for one that is not collected."""
        key = (name, force)
        if key not in self._urls:
            self._urls[key] = super().url(name, force)
        return self._urls[key]
