from io import StringIO

from rich.console import Console

from flows.bars import Bars
from flows.progress import Silent, meter


def test_there_are_no_bars_without_a_terminal() -> None:
    with meter() as found:
        assert isinstance(found, Silent)
        found.expect("pages", 3)
        found.step("pages")


def test_bars_grow_and_move() -> None:
    screen = StringIO()
    console = Console(file=screen, force_terminal=True, width=80)
    with Bars(console) as bars:
        bars.expect("pages", 1)
        bars.expect("pages", 2)
        bars.step("pages")
    assert "pages" in screen.getvalue()
    assert "1/3" in screen.getvalue()
