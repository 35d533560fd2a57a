"""A running station: one thread, one queue, one verdict an input."""
