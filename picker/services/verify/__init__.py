"""Is what stands beside the log what the log says? Rebuilds every order in memory and compares."""

from picker.services.verify.report import Difference, VerifyReport
from picker.services.verify.walk import verify

__all__ = ["Difference", "VerifyReport", "verify"]
