"""A stand-in for ERPNext."""

__version__ = "@VERSION@"
