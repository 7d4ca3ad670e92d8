"""Tests of the site app."""
