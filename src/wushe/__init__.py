"""Wushe (五社): the five-society linkage as one running system."""

__version__ = "0.1.0"
