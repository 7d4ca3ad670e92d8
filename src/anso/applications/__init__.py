"""Drafts, answers, documents, letters, submission submissions, eligibility."""
