"""The names under which others than stations write into the log."""

from data.types import StationId, WorkerId

INTAKE = StationId("intake")
"""Imports."""
OFFICE = StationId("office")
"""People away from the stations."""
IMPORTER = WorkerId(INTAKE)
"""In whose name imports write."""
