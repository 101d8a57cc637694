"""Clinic handouts: from YAML to one branded, printable PDF pack per patient."""

__version__ = "0.1.0"
