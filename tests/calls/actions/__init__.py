"""Tests of the calls app: actions."""
