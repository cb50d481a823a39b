"""Charts as files: the SVG as it was drawn, or as a PNG of it."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from extractors.errors import SettingsError

_FAMILY = "Noto Sans"
_FONT = "NotoSans[wdth,wght].ttf"
_ZOOM = 2  # pixels of a PNG for each of the SVG's: sharp on today's screens and in print


def write_picture(path: Path, svg: str) -> None:
    """Write a chart to `path`: `svg` itself to .svg, its pixels to .png.

    Raises `SettingsError` for a file of another name or one that cannot be written.
    """
    match path.suffix.lower():
        case ".svg":
            picture = svg.encode()
        case ".png":
            picture = png(svg)
        case _:
            problem = f"{path} is called neither .svg nor .png."
            raise SettingsError(problem, "Name a .svg or .png file with --chart.")
    try:
        path.write_bytes(picture)
    except OSError as error:
        problem = f"{path} cannot be written ({error.strerror})."
        raise SettingsError(problem, "Name another file with --chart.") from None


def png(svg: str) -> bytes:
    """Return `svg` as a PNG, two pixels for each of its own.

    Letters come from the font that is installed with us, so that a server without fonts draws
    them; scripts that it lacks come from the machine's fonts, where it has them.
    """
    import resvg_py

    with as_file(files("fontpkg_noto_sans") / "files" / _FONT) as font:
        return resvg_py.svg_to_bytes(
            svg_string=svg, zoom=_ZOOM, font_files=[str(font)],
            font_family=_FAMILY, sans_serif_family=_FAMILY,
        )  # fmt: skip
