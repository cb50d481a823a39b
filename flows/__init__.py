"""WHEN and AGAINST WHAT: schedule, command line, settings, HTTP, archive.

The only package that touches network, clock, processes and Prefect.
"""

__version__ = "0.1.0"
