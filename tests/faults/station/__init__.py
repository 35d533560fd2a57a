"""A packing station killed, raced and cut off, driven as a real process in its line mode."""
