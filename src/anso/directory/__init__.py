"""People, organisations and countries: one record each, across all roles."""
