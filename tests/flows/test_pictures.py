from __future__ import annotations

import struct
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from extractors.errors import SettingsError
from flows.charts import Chart, Line, svg
from flows.pictures import png, write_picture


def drawn(title: str) -> str:
    """Return a chart of 900 by 420 pixels."""
    days = (date(2024, 3, 1), date(2024, 3, 2))
    return svg(Chart(title, "%", days, (Line("Ann <Lee>", (1.0, 2.0)),), ("full", "none")))


def test_a_png_has_two_pixels_for_one() -> None:
    picture = png(drawn("Ferry"))
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (1800, 840)
    assert picture == png(drawn("Ferry"))


@pytest.mark.parametrize(("one", "other"), [("ABC", "ABD"), ("Бой", "Бои"), ("ναι", "ναί")])
def test_letters_are_drawn_not_boxes(one: str, other: str) -> None:
    assert png(drawn(one)) != png(drawn(other))


def test_the_file_is_what_its_name_says(tmp_path: Path) -> None:
    for name in ("a.svg", "b.SVG"):
        write_picture(tmp_path / name, drawn("Ferry"))
        ElementTree.parse(tmp_path / name)
    for name in ("a.png", "b.PNG"):
        write_picture(tmp_path / name, drawn("Ferry"))
        assert (tmp_path / name).read_bytes() == png(drawn("Ferry"))


@pytest.mark.parametrize("name", ["a.jpg", "svg", "a.svg.gz"])
def test_another_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=r"neither \.svg nor \.png"):
        write_picture(tmp_path / name, drawn("Ferry"))
    assert not list(tmp_path.iterdir())
