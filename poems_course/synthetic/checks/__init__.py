"""Graded checks of the datasets.

identity: something that must hold whatever the numbers are. calibration: a published number that
the generator was given. out_of_sample: a published number that it was not given, named in its
check before any fitting.
"""

from poems_course.synthetic.checks.registry import Check, Outcome, check, checks, grade
from poems_course.synthetic.checks.tables import Tables

__all__ = ["Check", "Outcome", "Tables", "check", "checks", "grade"]
