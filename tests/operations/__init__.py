"""Tests of the room that runs an installation on one machine."""
