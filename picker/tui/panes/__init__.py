"""The panes of the station screen, from top to bottom."""
