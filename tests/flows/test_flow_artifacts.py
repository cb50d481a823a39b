"""What a scheduled run leaves in Prefect: its report, and its incidents when there are any."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.ingest.once import plain
from tests.flows.newsroom import FLAGS, Item, make_home, newsroom

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_incidents_are_an_artifact_of_their_own_and_named_in_the_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import orchestration

    artifacts: dict[str, str] = {}

    async def keep(markdown: str, key: str) -> None:
        artifacts[key] = markdown

    def scheduled(at: datetime) -> str | None:
        artifacts.clear()
        monkeypatch.setenv("CLAIMWIRE_NOW", at.isoformat())
        run = SimpleNamespace(scheduled_start_time=at)
        monkeypatch.setattr(orchestration, "flow_run", run)
        return asyncio.run(orchestration.ingest.fn(feeds="*")).message

    monkeypatch.setattr(orchestration, "acreate_markdown_artifact", keep)
    monkeypatch.setattr(orchestration, "as_task", plain)
    with newsroom() as room:
        url = room.feed("/feed", [Item("/a/1", "One")])
        settings = make_home(tmp_path / "home", [url])
        for key, value in {"home": str(settings.home), **FLAGS}.items():
            monkeypatch.setenv(f"CLAIMWIRE_{key.upper()}", value)

        assert "Opened" not in (scheduled(NOON) or "")
        assert set(artifacts) == {"ingest-report"}

        room.feed("/feed", [Item("/a/2", "Two")])
        message = scheduled(NOON + timedelta(days=2)) or ""

    assert message.endswith(f"1 incident opened. Opened: possible_gap ({url}).")
    assert set(artifacts) == {"ingest-report", "ingest-incidents"}
    assert artifacts["ingest-incidents"].startswith(
        f"## Incidents\n\n- opened: possible gap, {url}, since 2026-01-01 12:00 (UTC): Entries"
    )
    assert artifacts["ingest-incidents"][15:] in artifacts["ingest-report"]
