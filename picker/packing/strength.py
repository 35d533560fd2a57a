"""How much a carton of a given board may weigh when it is full."""

POUND = 45_359_237
"""A pound, 453.59237 g, in hundred-thousandths of a gram."""

SINGLE_WALL = ((23, 20), (26, 35), (29, 50), (32, 65), (44, 95), (55, 120))
DOUBLE_WALL = ((42, 80), (48, 100), (51, 120), (61, 140), (71, 160))
"""(edge crush test in lb/in, greatest gross weight in lb): the boards of Item 222 and Rule 41 by ECT, boxes.ca."""


def strength_g(ect: int, walls: int) -> int:
    """The greatest gross weight in g for board of `ect` lb/in with one or more `walls`; 0 under the weakest board."""
    table = SINGLE_WALL if walls == 1 else DOUBLE_WALL
    pounds = max((pounds for least, pounds in table if ect >= least), default=0)
    return pounds * POUND // 100_000
