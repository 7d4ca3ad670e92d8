"""Tests of the calls app: views."""
