"""The ingest: feeds in, claims out, in one pass that may be interrupted at any moment."""

from flows.ingest.once import plain, run_once, slot

__all__ = ["plain", "run_once", "slot"]
