"""Commands about the list of feeds: feeds add, discover, list, check, remove, export."""

from __future__ import annotations

import asyncio
import difflib
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

from cyclopts import Parameter

from extractors.errors import ClaimwireError, SettingsError
from flows.cells import counted
from flows.context import Context, Ctx
from flows.output import show
from flows.progress import meter
from flows.sources import (
    FeedSource,
    add_feeds,
    load_feeds,
    read_opml,
    remove_feeds,
    write_opml,
)
from warehouse.table import Table

if TYPE_CHECKING:
    from extractors.records import FeedDocument
    from flows.http import Client

PARTLY = 3
T = TypeVar("T")
Row = tuple[object, ...]


def add(source: str, *, outlet: str | None = None, context: Ctx) -> None:
    """Add a feed by its address, or all feeds of an OPML file.

    A feed is asked once before it is added; those of a file are asked by the next run.

    Args:
        source: The address of a feed, or an OPML file.
        outlet: The outlet's name; else what the feed calls itself.
    """
    if "://" in source:
        feeds: Sequence[FeedSource] = [_probed(source, outlet, context)]
    else:
        feeds = _from_file(Path(source))
    added = add_feeds(context.settings.feeds_path, feeds)
    _show_feeds(added, context)
    known = len(feeds) - len(added)
    _say(f"Added {counted(len(added), 'feed')}" + (f"; {known} known already." if known else "."))


def discover(url: str, *, context: Ctx) -> None:
    """Find the feeds of a site.

    Args:
        url: The address of a page of the site.
    """
    from flows.sources import discovery

    found = _with_client(context, lambda client: discovery.discover(client, url))
    rows = tuple((feed.url, feed.document.title, *_facts(feed.document)) for feed in found)
    show(Table(("url", "title", "format", "items", "newest"), rows), context.output)


def list_(*, context: Ctx) -> None:
    """List the feeds to poll."""
    feeds = load_feeds(context.settings.feeds_path)
    _show_feeds(feeds, context)
    if not feeds:
        _say("There are no feeds yet. Add one: claimwire feeds add URL.")


def check(*urls: str, context: Ctx) -> int:
    """Ask feeds whether they answer with a feed; nothing is stored.

    Args:
        urls: The addresses to ask; else all active feeds of the list.
    """
    listed = [feed.url for feed in load_feeds(context.settings.feeds_path) if feed.active]
    rows = _with_client(context, lambda client: _check_all(client, urls or listed))
    show(Table(("url", "is_ok", "format", "items", "newest", "problem"), rows), context.output)
    failed = sum(not row[1] for row in rows)
    _say(f"{len(rows) - failed} of {counted(len(rows), 'feed')} answered with a feed.")
    return 0 if not failed else ClaimwireError.exit_code if failed == len(rows) else PARTLY


def remove(*feeds: str, context: Ctx) -> None:
    """Take feeds off the list; what they brought stays in the warehouse.

    Args:
        feeds: Addresses of feeds, or names of outlets.
    """
    path = context.settings.feeds_path
    listed = load_feeds(path)
    going = {feed.url for name in feeds for feed in _named(listed, name)}
    remove_feeds(path, going)
    _say(f"Removed {counted(len(going), 'feed')}; {len(listed) - len(going)} left.")


def export(
    file: Path | None = None,
    *,
    opml: Annotated[bool, Parameter(negative="")] = True,
    context: Ctx,
) -> None:
    """Write the list as OPML, for feed readers.

    Args:
        file: The file to write; else standard output.
        opml: As OPML, the only format there is.
    """
    document = write_opml(load_feeds(context.settings.feeds_path))
    if file is None:
        print(document.decode(), end="")
        return
    try:
        file.write_bytes(document)
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be written: {error.strerror}.", "Give another file."
        ) from error


def _probed(url: str, outlet: str | None, context: Context) -> FeedSource:
    from flows.polling import damage
    from flows.sources.discovery import probe

    found = _with_client(context, lambda client: probe(client, url))
    if problem := damage(found.document):
        _say(problem)
    host = found.url.partition("://")[2].partition("/")[0]
    return FeedSource(found.url, outlet or found.document.title or host)


def _from_file(path: Path) -> tuple[FeedSource, ...]:
    try:
        body = path.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"{path} is no address and no file that can be read: {error.strerror}.",
            "Give a whole address, with https://, or an OPML file.",
        ) from error
    return read_opml(body, str(path))


async def _check_all(client: Client, urls: Sequence[str]) -> tuple[Row, ...]:
    from flows.polling import damage
    from flows.sources.discovery import probe

    with meter() as bars:
        bars.expect("check", len(urls))

        async def one(url: str) -> Row:
            try:
                found = await probe(client, url)
                return (url, True, *_facts(found.document), damage(found.document))
            except ClaimwireError as error:
                return (url, False, None, None, None, error.problem)
            finally:
                bars.step("check")

        return tuple(await asyncio.gather(*map(one, urls)))


def _with_client(context: Context, work: Callable[[Client], Awaitable[T]]) -> T:
    from flows.http import Client

    async def main() -> T:
        async with Client(context.http_policy()) as client:
            return await work(client)

    return asyncio.run(main())


def _named(listed: Sequence[FeedSource], name: str) -> list[FeedSource]:
    """Return the feeds that `name` means: an address, or all of an outlet."""
    found = [feed for feed in listed if name == feed.url or name.lower() == feed.outlet.lower()]
    if found:
        return found
    names = [name for feed in listed for name in (feed.url, feed.outlet)]
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else "See: claimwire feeds list."
    raise SettingsError(f"There is no feed '{name}' on the list.", hint)


def _facts(document: FeedDocument) -> Row:
    """Return format, number of items and the newest date of a feed."""
    dates = [item.published.value for item in document.items if item.published is not None]
    return document.format, len(document.items), max(dates, default=None)


def _show_feeds(feeds: Sequence[FeedSource], context: Context) -> None:
    rows = tuple((feed.url, feed.outlet, feed.active) for feed in feeds)
    if rows or context.output == "json":
        show(Table(("url", "outlet", "is_active"), rows), context.output)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
