"""The error tree of the whole project.

ClaimwireError
├── SettingsError      a setting, a feed list or a command-line value cannot be used
├── FetchError         a response could not be had; `reason` is a word of FETCH_REASONS
├── FeedError          bytes that are no feed
├── PageError          bytes that are no readable article page
├── TextError          a text that cannot be parsed into claims
├── ModelError         the language model is missing or is not the pinned one
├── WorkerError        a worker hung, crashed or ran out of memory
├── ArchiveError       the archive cannot be written or read
└── WarehouseError     the warehouse cannot be opened, migrated, loaded or queried
    ├── WarehouseBusyError  another process is writing
    └── QueryError     a query was refused, is wrong, or ran out of time
        └── UnknownNameError  there is no such named query, or it takes no such parameter
"""

from typing import ClassVar


class ClaimwireError(Exception):
    """Base of all errors a user can meet: what happened, and what to do about it.

    `problem` and `remedy` are one sentence each. `exit_code` is what the command ends with.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}".strip()


class SettingsError(ClaimwireError):
    """A setting, a feed list or a command-line value cannot be used."""

    exit_code = 2


class FetchError(ClaimwireError):
    """A response could not be had; `wait_s` is how many seconds to wait at least, where known."""

    def __init__(
        self,
        problem: str,
        remedy: str = "",
        *,
        reason: str = "connection",
        wait_s: float | None = None,
    ) -> None:
        super().__init__(problem, remedy)
        self.reason = reason
        self.wait_s = wait_s

    def __reduce__(self) -> tuple[object, ...]:
        return (_fetch_error, (self.problem, self.remedy, self.reason, self.wait_s))


def _fetch_error(problem: str, remedy: str, reason: str, wait_s: float | None) -> FetchError:
    return FetchError(problem, remedy, reason=reason, wait_s=wait_s)


class FeedError(ClaimwireError):
    """The bytes are no feed."""


class PageError(ClaimwireError):
    """The bytes are no readable article page."""


class TextError(ClaimwireError):
    """The text cannot be parsed into claims."""


class ModelError(ClaimwireError):
    """The language model is missing, or its weights are not the pinned ones."""


class WorkerError(ClaimwireError):
    """A worker process hung, crashed or ran out of memory."""


class ArchiveError(ClaimwireError):
    """The archive cannot be written or read."""


class WarehouseError(ClaimwireError):
    """The warehouse cannot be opened, migrated, loaded or queried."""


class WarehouseBusyError(WarehouseError):
    """Another process is writing to the warehouse."""


class QueryError(WarehouseError):
    """A query was refused, is wrong, or ran out of time."""


class UnknownNameError(QueryError):
    """There is no named query of that name, or it takes no such parameter."""

    exit_code = 2
