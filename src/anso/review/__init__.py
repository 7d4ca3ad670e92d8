"""Reviewers, conflicts, assignments, redacted dossiers, reviews."""
