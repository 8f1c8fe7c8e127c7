"""Randomness that comes out the same on every machine and every version of Python.

Only `random.Random.random()` is promised to stay as it is, so everything is made of that.
"""
import random


class Dice:
    """A source of choices, determined by its seed."""

    __slots__ = ("roll",)

    def __init__(self, seed):
        self.roll = random.Random(seed).random

    def below(self, count):
        """A whole number from 0 to count - 1."""
        return int(self.roll() * count)

    def chance(self, share):
        """True in this share of cases."""
        return self.roll() < share

    def pick(self, options):
        """One of a sequence."""
        return options[int(self.roll() * len(options))]

    def some(self, options, share):
        """Those of a sequence that win their toss, in their order."""
        return [option for option in options if self.roll() < share]
