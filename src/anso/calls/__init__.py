"""Calls, frozen terms, form versions, question bank, timeline."""
