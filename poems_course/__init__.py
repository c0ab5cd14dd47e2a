"""POEMS syndrome, taught with notebooks: the helper package behind the lessons."""

__version__ = "0.1.0"
