"""Choosing packaging and placing goods in it: pure, exact, the same answer every time.

`plan` answers for an order, `fits` and `how_much_fits` for a packaging that the packer has taken, `check` judges
an answer, `sketch` and `sketches` draw a parcel. Sizes in mm, weights in g, money in cents, volumes in ml.
"""

from picker.packing.check import check
from picker.packing.check_bodies import Fault, Violation
from picker.packing.plan import UnsoundPlan, fits, how_much_fits, plan
from picker.packing.sketch import Layer, sketch, sketches
from picker.packing.types import (
    Container,
    Cushioning,
    Figure,
    FillStep,
    Item,
    Missing,
    Objective,
    Obstacle,
    PackingPlan,
    PackingPolicy,
    ParcelPlan,
    Placement,
    VoidFill,
    Warning,
)

__all__ = [
    "Container",
    "Cushioning",
    "Fault",
    "Figure",
    "FillStep",
    "Item",
    "Layer",
    "Missing",
    "Objective",
    "Obstacle",
    "PackingPlan",
    "PackingPolicy",
    "ParcelPlan",
    "Placement",
    "UnsoundPlan",
    "Violation",
    "VoidFill",
    "Warning",
    "check",
    "fits",
    "how_much_fits",
    "plan",
    "sketch",
    "sketches",
]
