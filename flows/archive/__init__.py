"""The archive: every answer as received, in WARC 1.1, synced before anything is decided from it.

One series of files a run (`<name>-00001.warc.gz`, ...), each record a gzip member of its own, so
that any WARC tool reads it and a record is read by its offset. Each file begins with a `warcinfo`
record. A process that dies in the middle of a record leaves a torn tail; opening the series again
cuts it off, and nothing before it is lost. Damage elsewhere costs the records that it hit.
"""

from flows.archive.files import files_of, whole_bytes
from flows.archive.reading import read, replay
from flows.archive.writing import Archive

__all__ = ["Archive", "files_of", "read", "replay", "whole_bytes"]
