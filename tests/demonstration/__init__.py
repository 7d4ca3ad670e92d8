"""Tests of the demonstration alliance."""
