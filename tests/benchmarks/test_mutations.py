"""The table of mutations fits the code, its tests and the rules of the docs."""

from __future__ import annotations

import re

import pytest

from benchmarks.mutations import Mutation, read_table
from tests.conftest import ROOT

TABLE = read_table()
RULE = Mutation("R", "flows/x.py", "a", "b", ())


@pytest.mark.parametrize("mutation", TABLE, ids=lambda one: one.rule)
def test_each_mutation_fits_the_code_as_it_is(mutation: Mutation) -> None:
    source = (ROOT / mutation.file).read_text("utf-8")
    assert mutation.applied(source) != source
    for test in mutation.tests:
        path, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}(" in (ROOT / path).read_text("utf-8")


def test_each_mutation_takes_a_documented_rule_away() -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    documented = set(re.findall(r"^\| (.+?) \| \d+ \|", page, re.MULTILINE))
    assert [one.rule for one in TABLE if one.rule not in documented] == []


@pytest.mark.parametrize("source", ["", "aa"])
def test_a_text_that_is_not_there_once_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="not once"):
        RULE.applied(source)
