"""Public pages, home, what I have to do."""
