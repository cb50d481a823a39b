"""The made-up pages: a sentence or two each, some edited later, some moved, gone or too short."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.simulation.pulse import DAY_S, Story
from extractors.records import stable_id

HOUR_S = 3600.0


class Page(NamedTuple):
    """What a page answers: its status, its markup, and where it moved."""

    status: int
    markup: str = ""
    location: str = ""


def page_at(host: str, path: str, story: Story, published: str, now: float) -> Page:
    """Return the page of `story` at `path` as it stands at `now`; `published` is its date.

    Of a hundred pages two are gone after four days, three are too short for an article, and two
    move after two days, keep their title and name their old address; twenty-five get another text
    or title within a week.
    """
    name = path.rpartition("/")[2]
    luck = stable_id("fortune", name) % 100
    age = now - story.at
    if luck < 2 and age > 4 * DAY_S:
        return Page(404, "gone")
    if luck < 5:
        return Page(200, f"<h1>Pictures of {name}</h1>")
    if luck < 7 and age > 2 * DAY_S and not path.startswith("/moved/"):
        return Page(301, location=f"/moved/{name}")
    edited_after = HOUR_S + stable_id("edit", name) % int(5 * DAY_S)
    version = 2 if luck < 30 and age > edited_after else 1
    title_version, text_version = (version if luck >= 7 else 1), (version if luck < 25 else 1)
    head = (
        f'<link rel="canonical" href="https://{host}/a/{name}"><time datetime="{published}"></time>'
    )
    head += f"<h1>Page {name}, edition {title_version}</h1>"
    count = 10 + stable_id("count", name) % 90 + text_version
    return Page(200, f"{head}<p>Ann said {count} of {name} were counted.</p>")
