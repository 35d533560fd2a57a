"""Is what stands beside the log what the log says? Rebuilds every order in memory and compares."""

from picker.services.verify.report import VerifyReport
from picker.services.verify.walk import verify

__all__ = ["VerifyReport", "verify"]
