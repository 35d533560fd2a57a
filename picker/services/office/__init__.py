"""What is done away from the bench: imports, privacy, an order's history."""
