"""Tests of counting votes."""
