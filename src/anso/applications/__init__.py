"""Drafts, answers, documents, letters, frozen submissions, eligibility."""
