"""Choosing packaging and placing goods in it: pure, exact, the same answer every time."""

from picker.packing.check import Fault, Violation, check
from picker.packing.plan import UnsoundPlan, fits, how_much_fits, plan
from picker.packing.sketch import sketch

__all__ = ["Fault", "UnsoundPlan", "Violation", "check", "fits", "how_much_fits", "plan", "sketch"]
