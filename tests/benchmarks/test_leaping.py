"""Virtual time passes where everybody waits, and stands still where somebody works."""

import asyncio
import time
from asyncio import Runner

import pytest

from benchmarks.simulation.leaping import LeapingLoop


def test_a_week_of_sleep_takes_no_time() -> None:
    began = time.monotonic()
    with Runner(loop_factory=LeapingLoop) as runner:
        runner.run(asyncio.sleep(7 * 86_400))
        assert runner.get_loop().time() == pytest.approx(7 * 86_400)
    assert time.monotonic() - began < 5


def test_timers_go_off_in_their_order() -> None:
    said: list[str] = []

    async def say(after: float, word: str) -> None:
        await asyncio.sleep(after)
        said.append(word)

    async def all_of_them() -> None:
        await asyncio.gather(say(300, "c"), say(1, "a"), say(20.5, "b"))

    with Runner(loop_factory=LeapingLoop) as runner:
        runner.run(all_of_them())
    assert said == ["a", "b", "c"]


def test_a_timeout_does_not_go_off_while_a_thread_works() -> None:
    async def work() -> None:
        async with asyncio.timeout(0.001):
            await asyncio.to_thread(time.sleep, 0.05)

    with Runner(loop_factory=LeapingLoop) as runner:
        runner.run(work())
        assert runner.get_loop().time() == 0.0


def test_a_timeout_goes_off_when_nobody_works() -> None:
    async def wait() -> None:
        async with asyncio.timeout(60):
            await asyncio.Event().wait()

    with Runner(loop_factory=LeapingLoop) as runner, pytest.raises(TimeoutError):
        runner.run(wait())
