"""Deterministic mutations of bytes: what files, feeds, pages and headers look like gone wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

_ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252", "gb18030", "utf-7")
_NUMBERS = (b"0", b"-1", b"9" * 30, b"1e999", b"NaN", b"\xd9\xa3", b"2038-01-19", b"00000")


class Mutator:
    """Changes seeds, drawing words from a dictionary that fits them.

    What grows beyond `longest` bytes is cut: a fuzz learns from many inputs, not from long ones.
    """

    def __init__(self, random: Random, words: Sequence[bytes], longest: int) -> None:
        self._random = random
        self._words = words
        self._longest = longest
        self._ways: tuple[Callable[[bytes], bytes], ...] = (
            self._flip, self._cut_out, self._cut_off, self._repeat, self._insert, self._replace,
            self._number, self._nest, self._stretch, self._encode, self._swap,
        )  # fmt: skip

    def mutate(self, seed: bytes, other: bytes) -> bytes:
        """Return `seed` changed in one to five ways; one may be to go over into `other`."""
        changed = seed[: self._longest]
        for _ in range(self._random.randint(1, 5)):
            if self._random.random() < 0.1:
                changed = changed[: self._place(changed)] + other[self._place(other) :]
            else:
                changed = self._random.choice(self._ways)(changed)[: self._longest]
        return changed

    def _place(self, data: bytes) -> int:
        return self._random.randint(0, len(data))

    def _span(self, data: bytes, longest: int = 200) -> tuple[int, int]:
        start = self._place(data)
        return start, min(len(data), start + self._random.randint(0, longest))

    def _word(self) -> bytes:
        return self._random.choice(self._words)

    def _flip(self, data: bytes) -> bytes:
        changed = bytearray(data)
        for _ in range(self._random.randint(1, 8) if data else 0):
            changed[self._random.randrange(len(changed))] ^= 1 << self._random.randrange(8)
        return bytes(changed)

    def _cut_out(self, data: bytes) -> bytes:
        start, end = self._span(data)
        return data[:start] + data[end:]

    def _cut_off(self, data: bytes) -> bytes:
        return data[: self._place(data)]

    def _repeat(self, data: bytes) -> bytes:
        start, end = self._span(data, 60)
        return data[:end] + data[start:end] * self._random.choice((1, 3, 50, 500)) + data[end:]

    def _insert(self, data: bytes) -> bytes:
        at = self._place(data)
        return data[:at] + self._word() + data[at:]

    def _replace(self, data: bytes) -> bytes:
        """Put one word of the dictionary where another stands."""
        old = self._word()
        return data.replace(old, self._word(), self._random.choice((1, -1))) if old else data

    def _number(self, data: bytes) -> bytes:
        start, end = self._span(data, 4)
        return data[:start] + self._random.choice(_NUMBERS) + data[end:]

    def _nest(self, data: bytes) -> bytes:
        at, word = self._place(data), self._word()
        return data[:at] + word * self._random.choice((5, 100, 1000)) + data[at:]

    def _stretch(self, data: bytes) -> bytes:
        """Insert a long run of one character."""
        at, letter = self._place(data), self._random.choice(b"a0 <&-.\n\x00\xff\"'@/=(;%")
        return data[:at] + bytes((letter,)) * self._random.choice((50, 500, 5_000)) + data[at:]

    def _encode(self, data: bytes) -> bytes:
        text = data.decode("utf-8", "replace")
        return text.encode(self._random.choice(_ENCODINGS), "replace")

    def _swap(self, data: bytes) -> bytes:
        start, end = self._span(data)
        later = min(len(data), end + self._random.randint(0, 200))
        return data[:start] + data[end:later] + data[start:end] + data[later:]
