"""Components with content: what they are told, what stands in them, and what they do not see."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader_tags import BlockNode


def render(source: str, **values: Any) -> str:
    """Render markup without the white space that only lays it out."""
    text = re.sub(r"\s+", " ", Template(source).render(Context(values)))
    return re.sub(r" (?=[<>])|(?<=>) ", "", text).strip()


def test_a_callout_says_its_title_and_its_content() -> None:
    assert (
        render('{% callout name tone="attn" %}<p>{{ text }}</p>{% endcallout %}', name="A", text=1)
        == '<div class="call attn"><h2>A</h2><p>1</p></div>'
    )
    assert render("{% callout %}x{% endcallout %}") == '<div class="call">x</div>'
    assert "<h3>A</h3>" in render('{% callout "A" level=3 %}{% endcallout %}')
    assert (
        render('{% callout "More" is_folded=True %}x{% endcallout %}')
        == '<details class="call"><summary>More</summary>x</details>'
    )


def test_what_is_told_and_what_stands_inside_is_escaped_once() -> None:
    shown = render("{% callout name %}{{ name }}{% endcallout %}", name="<b> & c")
    assert shown == '<div class="call"><h2>&lt;b&gt; &amp; c</h2>&lt;b&gt; &amp; c</div>'
    assert "&lt;i&gt;" in render(
        "{% pairs %}{% pair name %}{{ name }}{% endpair %}{% endpairs %}", name="<i>"
    )
    assert "<i>" not in render(
        "{% table name %}{% column name %}{% rows %}{% endtable %}", name="<i>"
    )


def test_a_component_does_not_see_the_page_around_it() -> None:
    shown = render(
        "{% callout %}{{ tone }}{% endcallout %}", tone="stop", title="Not mine", role="x", id="y"
    )
    assert shown == '<div class="call">stop</div>'


def test_an_argument_that_a_component_does_not_know_is_a_fault() -> None:
    for source in (
        "{% callout a b %}{% endcallout %}",
        '{% callout tune="attn" %}{% endcallout %}',
    ):
        with pytest.raises(TemplateSyntaxError, match="knows no argument"):
            Template(source)
    with pytest.raises(TemplateSyntaxError, match="endcallout"):
        Template("{% callout %}")


def test_a_table_has_its_region_its_heads_and_only_the_slots_that_are_given() -> None:
    shown = render(
        '{% table "Seats" %}{% column "Host" %}{% column "No." "n" %}'
        '{% column "Act" is_hidden=True %}{% rows %}<tr><td>1</td></tr>{% endtable %}'
    )
    assert shown.startswith(
        '<div class="scroll" role="region" tabindex="0" aria-label="Seats"><table><thead><tr>'
        '<th scope="col">Host</th><th scope="col" class="n">No.</th>'
        '<th scope="col"><span class="vh">Act</span></th></tr></thead><tbody><tr><td>1</td>'
    )
    assert "<tfoot>" not in shown
    assert "<caption>" not in shown
    assert "<script" not in shown
    assert "<tfoot><tr></tr></tfoot>" in render(
        '{% table "Seats" %}{% rows %}{% foot %}<tr></tr>{% endtable %}'
    )


def test_a_table_is_named_by_a_heading_or_by_a_caption() -> None:
    named = render('{% table labelled_by="h" is_tall=True id="t" %}{% rows %}{% endtable %}')
    assert (
        '<div class="scroll tall" role="region" tabindex="0" id="t" aria-labelledby="h">' in named
    )
    assert "aria-label=" not in named
    assert "<caption>Rules</caption>" in render(
        '{% table "Rules" has_caption=True %}{% rows %}{% endtable %}'
    )


def test_a_table_in_which_rows_can_be_chosen_brings_its_boxes_and_its_script() -> None:
    shown = render(
        '{% table "People" can_select=may %}{% rows %}<tr>{% pick "row" 7 name %}</tr>'
        "{% endtable %}",
        may=True,
        name="Ann <",
    )
    assert "<table data-select>" in shown
    assert "data-select-all" in shown
    assert '<script src="/static/ui/table.js" defer></script>' in shown
    assert (
        '<td class="pick"><input type="checkbox" name="row" value="7"'
        ' aria-label="Select Ann &lt;"></td>'
    ) in shown


def test_a_page_head_has_a_line_and_acts_where_there_are_some() -> None:
    assert (
        render('{% page_head "Call" %}F27 · open{% acts %}<a>Go</a>{% endpage_head %}')
        == '<div class="head"><div><h1>Call</h1><p class="muted">F27 · open</p></div>'
        '<div class="acts"><a>Go</a></div></div>'
    )
    assert (
        render('{% page_head "Call" %}{% if no %}x{% endif %}{% acts %} {% endpage_head %}')
        == '<div class="head"><div><h1>Call</h1></div></div>'
    )


def test_a_problem_is_announced_unless_another_one_is() -> None:
    assert 'role="alert"' in render('{% problem "Missing" %}{% endproblem %}')
    assert "role" not in render('{% problem "Missing" is_quiet=True %}{% endproblem %}')


def test_components_stand_inside_each_other() -> None:
    shown = render(
        '{% callout "Out" %}{% callout "In" tone="good" %}{% pairs is_ruled=True %}'
        '{% pair "a" "num" %}1{% endpair %}{% endpairs %}{% endcallout %}{% endcallout %}'
    )
    assert shown == (
        '<div class="call"><h2>Out</h2><div class="call good"><h2>In</h2>'
        '<dl class="pairs ruled"><dt>a</dt><dd class="num">1</dd></dl></div></div>'
    )


def test_a_timeline_marks_what_is_past_and_what_is_now() -> None:
    moment = (
        "{% moment is_past=past is_current=now %}9 May{% what %}{{ title }}{% note %}<p>x</p>"
        "{% endmoment %}"
    )
    shown = render("{% timeline %}" + moment + "{% endtimeline %}", title="Opened", past=True)
    assert shown == '<ol class="timeline"><li class="is-past">9 May<b>Opened</b><p>x</p></li></ol>'
    assert 'aria-current="step"' in render(moment, title="Now", now=True)


def test_crumbs_lead_up_and_end_here() -> None:
    shown = render('{% crumbs %}{% crumb "Calls" "/c/" %}{% crumb name %}{% endcrumbs %}', name="<")
    assert shown == (
        '<nav class="crumbs" aria-label="You are here"><ol><li><a href="/c/">Calls</a></li>'
        '<li><span aria-current="page">&lt;</span></li></ol></nav>'
    )


def test_a_block_in_a_slot_can_be_replaced_by_a_page_that_extends() -> None:
    template = Template("{% callout %}{% block inner %}{% endblock %}{% endcallout %}")
    assert [node.name for node in template.nodelist.get_nodes_by_type(BlockNode)] == ["inner"]


def test_an_entry_leads_somewhere_or_has_a_heading_of_its_own() -> None:
    assert render(
        '{% listing %}{% entry name "/c/" level=2 %}{% note %}x{% at_end %}y{% endentry %}'
        "{% endlisting %}",
        name="Call",
    ) == (
        '<ul class="rows"><li><h2><a href="/c/">Call</a></h2><p>x</p><div class="end">y</div></li>'
        "</ul>"
    )
    assert (
        render("{% entry %}<h3>{{ name }}</h3>{% note %}x{% endentry %}", name="&")
        == "<li><h3>&amp;</h3><p>x</p></li>"
    )
    assert render('{% entry "Call" %}{% endentry %}') == "<li><h3>Call</h3></li>"


def test_a_field_has_label_hint_and_error_before_its_control() -> None:
    shown = render(
        '{% field "f-mail" "Address" is_optional=True error=wrong %}<input>'
        "{% hint %}Why{% endfield %}",
        wrong="No such address.",
    )
    assert shown == (
        '<div class="field wrong"><label for="f-mail">Address<span class="opt">(optional)</span>'
        '</label><div class="hint" id="hint-f-mail">Why</div><p class="error">No such address.</p>'
        "<input></div>"
    )
    assert (
        render('{% choices "Which?" %}<input>{% endchoices %}')
        == '<fieldset class="field"><legend>Which?</legend><input></fieldset>'
    )


def test_a_notice_says_what_happens_and_what_can_be_done() -> None:
    assert render(
        '{% notice "Withdraw?" tone="stop" %}<p>x</p>{% acts %}<button>{% endnotice %}'
    ) == (
        '<div class="dialog stop"><h1>Withdraw?</h1><p>x</p><div class="acts"><button></div></div>'
    )
    assert "<h2>Sure?</h2>" in render('{% notice "Sure?" level=2 %}{% endnotice %}')
