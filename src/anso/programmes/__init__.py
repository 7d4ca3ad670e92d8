"""Programme kinds as declarations, programmes as rows."""
