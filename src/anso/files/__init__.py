"""Uploads: checked, scanned, content-addressed."""
