"""What makes a request conditional, and whom to believe that nothing changed.

Some servers keep their validators while the content changes. So once a day a feed is fetched
without any; if that shows new entries under the old validators, it is never asked conditionally
again.
"""

from __future__ import annotations

from datetime import datetime

from flows.http.exchange import Validators
from flows.polling.cadence import DAY_S
from flows.polling.outcome import PollOutcome
from warehouse.rows import FeedRow


def validators_for(row: FeedRow, now: datetime) -> Validators:
    """Return what makes the next request conditional: nothing, once a day at its own hour."""
    if row.distrusts_validators or row.last_polled_at is None:
        return Validators()
    if _own_day(row, now) != _own_day(row, row.last_polled_at):
        return Validators()
    return Validators(row.etag, row.last_modified)


def are_stale(row: FeedRow, outcome: PollOutcome) -> bool:
    """Tell whether the answer has new entries under the validators of the answer before."""
    before, now = (row.etag, row.last_modified), (outcome.etag, outcome.last_modified)
    return any(before) and before == now and outcome.has_new


def _own_day(row: FeedRow, moment: datetime) -> int:
    """Return the number of the day that `moment` lies in, days beginning at the feed's own hour."""
    return int((moment.timestamp() + row.feed_id % DAY_S) // DAY_S)
