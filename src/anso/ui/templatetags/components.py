"""Components with content: `{% callout title tone="attn" %}<p>…</p>{% endcallout %}`.

Belongs here: which components take content, their arguments, and the small tags that stand inside
of them. Does not: their markup, which is one template each in `ui/parts/`, or product nouns.

The content of a component is its first slot; a tag with the name of another slot begins that one.
A component sees its arguments and its slots, never the page around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

register = template.Library()


@dataclass(frozen=True)
class Component:
    """What a component may be told: by position, by name, and as content."""

    positional: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    slots: tuple[str, ...] = ("body",)


COMPONENTS = {
    "callout": Component(("title",), ("tone", "level", "role", "id", "is_folded")),
    "problem": Component(("title",), ("id", "is_quiet")),
    "table": Component(
        ("label",),
        ("labelled_by", "id", "is_tall", "as_cards", "has_caption", "has_keys", "can_select"),
        ("columns", "rows", "foot"),
    ),
    "pairs": Component((), ("is_ruled",)),
    "page_head": Component(("heading",), ("level", "is_narrow"), ("line", "acts")),
    "crumbs": Component(),
    "tasks": Component((), ("is_plain",)),
    "task": Component(("title", "url"), (), ("note", "state")),
    "timeline": Component(),
    "moment": Component((), ("is_current", "is_past"), ("when", "what", "note")),
    "facts": Component(),
    "listing": Component(),
    "entry": Component(("title", "url"), ("level",), ("heading", "note", "at_end")),
    "field": Component(("id", "label"), ("is_optional", "error"), ("control", "hint")),
    "choices": Component(("label",), ("is_optional",), ("options", "hint")),
    "notice": Component(("heading",), ("tone", "level"), ("body", "acts")),
    "page_links": Component(slots=("where", "links")),
}


class ComponentNode(Node):
    """One use of a component in a template."""

    def __init__(
        self, name: str, told: Mapping[str, FilterExpression], slots: Mapping[str, NodeList]
    ) -> None:
        self.file, self.told, self.slots = f"ui/parts/{name}.html", told, slots

    def render(self, context: Context) -> SafeString:
        """Render the content where it stands, the component around it with nothing else in
        sight.
        """
        slots = {
            name: mark_safe(nodes.render(context).strip())  # noqa: S308 - rendered with escaping
            for name, nodes in self.slots.items()
        }
        told = {name: expression.resolve(context) for name, expression in self.told.items()}
        engine = context.template.engine  # type: ignore[union-attr]
        return engine.get_template(self.file).render(context.new({**told, "slots": slots}))

    def get_nodes_by_type(self, nodetype: type) -> list[Node]:
        """Find nodes in the slots too, so that a `{% block %}` may stand in one."""
        found: list[Node] = [self] if isinstance(self, nodetype) else []
        for nodes in self.slots.values():
            found.extend(nodes.get_nodes_by_type(nodetype))
        return found


def compile_component(parser: Parser, token: Token) -> ComponentNode:
    """Read a component, its arguments and its slots. An argument that it does not know is a fault
    of the template.
    """
    name, *words = token.split_contents()
    component = COMPONENTS[name]
    told = dict(read_arguments(parser, name, words))
    slots, slot = {}, component.slots[0]
    later = component.slots[1:]
    while True:
        slots[slot] = parser.parse((*later, f"end{name}"))
        slot = parser.next_token().contents.split()[0]
        if slot == f"end{name}":
            return ComponentNode(name, told, slots)


def read_arguments(
    parser: Parser, name: str, words: list[str]
) -> Iterator[tuple[str, FilterExpression]]:
    """Read `title` and `tone="attn"` as arguments of a component."""
    component = COMPONENTS[name]
    known = {*component.positional, *component.named}
    free = iter(component.positional)
    for word in words:
        argument, sign, value = word.partition("=")
        is_named = bool(sign) and argument.isidentifier()
        key = argument if is_named else next(free, "")
        if key not in known:
            message = f"{{% {name} %}} knows no argument {word}"
            raise template.TemplateSyntaxError(message)
        yield key, parser.compile_filter(value if is_named else word)


for name in COMPONENTS:
    register.tag(name, compile_component)


@register.simple_tag
def column(label: object, kind: str = "", *, is_hidden: bool = False) -> SafeString:
    """Head one column of a table. Kind "n" is a number; a hidden label is only read aloud."""
    if is_hidden:
        label = format_html('<span class="vh">{}</span>', label)
    css = format_html(' class="{}"', kind) if kind else ""
    return format_html('<th scope="col"{}>{}</th>', css, label)


@register.simple_tag
def pick(name: str, value: object, label: object) -> SafeString:
    """Let one row of a table be chosen: the first cell of a row in a table that `can_select`."""
    return format_html(
        '<td class="pick"><input type="checkbox" name="{}" value="{}" aria-label="{}"></td>',
        name,
        value,
        gettext("Select %(name)s") % {"name": label},
    )


@register.simple_block_tag
def pair(content: str, term: object, kind: str = "") -> SafeString:
    """Say what one term of a list of pairs stands for."""
    css = format_html(' class="{}"', kind) if kind else ""
    return format_html("<dt>{}</dt><dd{}>{}</dd>", term, css, content)


@register.simple_block_tag
def fact(content: str, label: object) -> SafeString:
    """Show one large number; what stands in `<small>` is its note."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_tag
def crumb(label: object, url: str = "", before: str = "") -> SafeString:
    """Name one page above this one, a number before its name; without an address it is this
    one.
    """
    if before:
        label = format_html("{} · {}", before, label)
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html('<li><span aria-current="page">{}</span></li>', label)
