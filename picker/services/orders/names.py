"""The names under which others than stations write into the log."""

INTAKE = "intake"
"""Imports."""
OFFICE = "office"
"""People away from the stations."""
