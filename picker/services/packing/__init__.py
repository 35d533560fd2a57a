"""A shop's packing policy, and what packing cost."""
