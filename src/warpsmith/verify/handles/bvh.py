"""A hierarchy of random boxes."""

from typing import Any

import warp as wp

from warpsmith.verify.making import Making


def make_bvh(argument: dict[str, Any], path: str, making: Making) -> Any:
    """Make a `wp.Bvh` and return its id; its boxes' edges are half the recipe's size long or more, up to it."""
    numbers = making.numbers(argument, path)
    shape, size = (argument["count"], 3), argument["size"]
    centres = numbers.between(shape, -argument["extent"], argument["extent"])
    halves = numbers.between(shape, size / 4.0, size / 2.0)
    lowers, uppers = (making.array(corner, wp.vec3f) for corner in (centres - halves, centres + halves))
    groups = making.groups(argument, argument["count"], numbers)
    return making.identified(wp.Bvh(lowers, uppers, groups=groups))
