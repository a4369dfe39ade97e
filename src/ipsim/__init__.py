"""A laboratory for city intellectual-property policy."""

__version__ = "0.1.0"
