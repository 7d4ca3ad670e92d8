"""Tests of what the apps need of PostgreSQL."""
