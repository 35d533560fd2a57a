"""Papers of an order and of the house, and carriers' own labels."""
