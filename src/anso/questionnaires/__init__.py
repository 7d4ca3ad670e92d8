"""Forms of any object: their versions, drafts of answers, what was submitted frozen."""
