"""Selection runs, decisions prepared and released."""
