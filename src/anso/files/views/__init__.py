"""Pages and endpoints of files."""
