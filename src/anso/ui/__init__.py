"""The design system: style sheet, components, form renderer, charts, maps, mail and page layouts.

Nothing here knows about calls, applications or any other product noun: components receive plain
values.
"""
