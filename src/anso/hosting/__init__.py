"""What hosts answer about the candidates who named them."""
