"""The benchmark of number and date cases on small specs of our own."""

import json
from pathlib import Path
from typing import Any

from benchmarks.recognizer_cases import Selection, load
from benchmarks.recognizers import score

DAY = "2024-03-15T00:00:00"


def found(text: str, kind: str, **resolution: Any) -> dict[str, Any]:
    return {"Text": text, "TypeName": kind, "Resolution": resolution}


def row(text: str, *results: dict[str, Any], **more: str) -> dict[str, Any]:
    return {
        "Input": text,
        "Context": {"ReferenceDateTime": DAY},
        "Results": list(results),
        **more,
    }


def day(text: str, value: str, kind: str = "date") -> dict[str, Any]:
    return found(text, f"datetimeV2.{kind}", values=[{"timex": "", "value": value}])


def write(folder: Path, name: str, *rows: dict[str, Any]) -> None:
    path = folder / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows), "utf-8-sig")


def write_specs(folder: Path) -> None:
    write(
        folder,
        "Number/English/NumberModel",
        row("They sold 1,250 boats", found("1,250", "number", value="1250")),
        row("They sold two boats", found("two", "number", value="7")),
        row("It is 3e5", found("3e5", "number", value="300000")),
        row("three boats", found("three", "number", value="3"), NotSupported="javascript, python"),
    )
    write(
        folder,
        "DateTime/English/DateTimeModel",
        row("He left on 4 March 2023", day("4 March 2023", "2023-03-04")),
        row("He left on 4 March 2023", day("4 March 2023", "2023-03-04")),
        row("He left at 5pm", day("5pm", "17:00:00", "time")),
        row("Are you free tomorrow?", day("tomorrow", "2024-03-16")),
        row("He left on monday", day("monday", "2024-03-11")),
        row("He left on 3/4/2023", day("3/4/2023", "2023-03-04")),
    )
    parsed = {"Timex": "", "PastResolution": {"date": "2024-03-11"}}
    write(
        folder,
        "DateTime/English/DateParser",
        row("He left on Monday", {"Text": "Monday", "Type": "date", "Value": parsed}),
    )
    write(folder, "DateTime/English/DurationParser", row("two hours"))


def test_rules_leave_out_what_makes_no_sense_in_news(tmp_path: Path) -> None:
    write_specs(tmp_path)
    selection = Selection()
    rules = {(case.text, selection.left_out(case)) for case in load(tmp_path)}
    assert {one for one in rules if one[1]} == {
        ("two hours", "model"),
        ("three boats", "unsupported"),
        ("He left on 4 March 2023", "repeat"),
        ("He left at 5pm", "valueless"),
        ("Are you free tomorrow?", "dialogue"),
        ("He left on monday", "chat"),
        ("He left on 3/4/2023", "notation"),
        ("It is 3e5", "notation"),
    }


def test_right_is_what_is_found_with_its_value(tmp_path: Path) -> None:
    write_specs(tmp_path)
    figures, wrong = score(tmp_path)
    assert figures["overall"] == {"right": 3, "total": 4, "share": 0.75}
    assert figures["models"]["DateTimeModel"] == {"right": 1, "total": 1, "share": 1.0}
    assert sum(figures["left_out"].values()) == 8
    assert [case.text for case in wrong] == ["They sold two boats"]
