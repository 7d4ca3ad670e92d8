"""Bodies, mandates and membership."""
