"""The screens: the station, and what opens over it."""
