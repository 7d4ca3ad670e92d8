"""Drafts, answers, documents, letters, submission snapshots, eligibility."""
