"""WHAT IT SAYS: pure functions from bytes to feed items, articles and claims.

No I/O, no clock, no globals that change: the same input gives the same records.
"""
