from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.errors import WarehouseBusyError
from flows.ingest.journal import MAX_STARTS, Journal, Order
from flows.ingest.spool import Spool
from flows.lock import hold

pytestmark = pytest.mark.area("Crash and concurrency")

ORDER = Order("20260101T120000.000Z", datetime(2026, 1, 1, 12, tzinfo=UTC), feeds="*bbc*", limit=3)


@pytest.mark.rule(
    "An interrupted run is finished by the next one",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_a_begun_run_is_interrupted_until_it_is_finished(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "staging")
    assert list(journal.interrupted()) == []
    journal.begin(ORDER)
    journal.stage_dir(ORDER.run_id).mkdir()
    assert list(journal.interrupted()) == [ORDER]
    journal.finish(ORDER.run_id)
    assert list(journal.interrupted()) == []
    assert list((tmp_path / "staging").iterdir()) == []


@pytest.mark.rule(
    "A run begun again drops what was staged",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_beginning_again_drops_what_was_staged(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.begin(ORDER)
    staged = journal.stage_dir(ORDER.run_id)
    staged.mkdir()
    (staged / "feeds-1.parquet").touch()
    journal.begin(ORDER)
    assert not staged.exists()


@pytest.mark.rule(
    "A run that was interrupted three times is given up",
    source="news-please 228 and 219: runs that cannot be resumed",
)
def test_hopeless_runs_are_given_up(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for _ in range(MAX_STARTS):
        journal.begin(ORDER)
    assert list(journal.interrupted()) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.rule(
    "A torn journal had not begun", source="news-please 228 and 219: runs that cannot be resumed"
)
def test_a_torn_journal_had_not_begun(tmp_path: Path) -> None:
    (tmp_path / "x.journal").write_text('{"run_id": "x", "sta')
    (tmp_path / "y.journal").write_text("")
    assert list(Journal(tmp_path).interrupted()) == []


@pytest.mark.rule(
    "A run while another process runs is told whose turn it is", source="one writer a home"
)
def test_the_lock_names_its_holder_and_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "home" / "run.lock"
    with hold(path), pytest.raises(WarehouseBusyError, match=r"process \d+"), hold(path):
        pass
    with hold(path):
        pass


def test_a_spool_reads_in_any_order_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "visits"
    with Spool[str](path) as spool:
        places = [spool.append(text) for text in ("a", "bb", "ccc")]
        assert [spool.read(place) for place in reversed(places)] == ["ccc", "bb", "a"]
    assert not path.exists()
