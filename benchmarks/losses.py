"""Losses as claimed and as verified, two published series turned into files for `claimwire import`.

    python -m benchmarks.losses --data ../shared/data --out losses
    claimwire import losses/claimed.csv losses/verified.csv
    claimwire totals destroyed --party RU --chart losses.png

`ua_claimed_losses` is what the General Staff of Ukraine says Russia has lost, a total a day;
`oryx_verified_losses` is what Oryx has pictures of, a total whenever it changed. Only what both
count alike is compared: the other classes of the two differ. Of Oryx's totals those of destroyed
vehicles are taken: its captured, damaged and abandoned ones are other measures.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

Row = Mapping[str, str]

CLAIMED = "ua_claimed_losses"
VERIFIED = "oryx_verified_losses"
STAFF = "General Staff of Ukraine"
_CLAIMED_CLASSES = {
    "aircraft": "aircraft", "helicopter": "helicopters", "tank": "tanks",
    "MRL": "multiple rocket launchers", "APC": "armoured vehicles",
    "field artillery": "artillery systems", "anti-aircraft warfare": "air defence systems",
    "drone": "drones", "cruise missiles": "cruise missiles",
    "vehicles and fuel tanks": "vehicles and fuel tanks",
}  # fmt: skip
_VERIFIED_CLASSES = {
    "Aircraft": "aircraft", "Helicopters": "helicopters", "Tanks": "tanks",
    "Multiple Rocket Launchers": "multiple rocket launchers",
}  # fmt: skip
_STATES = {"Russia": "RU", "Ukraine": "UA"}
_BOUNDS = {"about": "approx", "more": "more_than"}


def claimed(folder: Path) -> Iterator[Row]:
    """Yield the figures of the General Staff: equipment by class, and personnel."""
    staff = {
        "claimant": STAFF, "claimant_type": "organization", "side": "UA", "party": "RU",
        "outlet": STAFF, "scope": "cumulative", "url": "https://www.zsu.gov.ua/en",
    }  # fmt: skip
    for day in json.loads((folder / "russia_losses_equipment.json").read_text("utf-8")):
        for name, counted in _CLAIMED_CLASSES.items():
            if (value := day.get(name)) not in (None, ""):
                figure = {"measure": "destroyed", "value": f"{value:g}", "counted": counted}
                yield staff | figure | {"date": day["date"]}
    for day in json.loads((folder / "russia_losses_personnel.json").read_text("utf-8")):
        yield staff | {
            "date": day["date"], "measure": "killed_or_wounded", "counted": "personnel",
            "value": f"{day['personnel']}", "bound": _BOUNDS.get(day["personnel*"], "exact"),
        }  # fmt: skip


def verified(folder: Path) -> Iterator[Row]:
    """Yield the figures of Oryx for the classes that the General Staff counts, too."""
    oryx = {
        "claimant": "Oryx", "claimant_type": "organization", "outlet": "Oryx",
        "measure": "destroyed", "scope": "cumulative", "status": "confirmed",
        "verified_by": "Oryx", "url": "https://www.oryxspioenkop.com/2022/02/"
        "attack-on-europe-documenting-equipment.html",
    }  # fmt: skip
    with (folder / "daily_count.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            counted = _VERIFIED_CLASSES.get(row["equipment_type"].strip())
            if counted and row["country"] in _STATES and _is_day(row["date_recorded"]):
                yield oryx | {
                    "date": row["date_recorded"], "party": _STATES[row["country"]],
                    "counted": counted, "value": row["destroyed"],
                }  # fmt: skip


def write(path: Path, rows: Iterable[Row]) -> int:
    """Write rows as a file for `claimwire import`; return how many."""
    listed = list(rows)
    columns = sorted({name for row in listed for name in row})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(listed)
    return len(listed)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the two series")
    parser.add_argument("--out", type=Path, required=True, help="folder for the two files")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for name, rows in (
        ("claimed.csv", claimed(given.data / CLAIMED)),
        ("verified.csv", verified(given.data / VERIFIED)),
    ):
        print(f"{given.out / name}: {write(given.out / name, rows):,} figures")


if __name__ == "__main__":
    main()
