"""Requests of those who seek to those who offer, and the matches that follow from a yes."""
