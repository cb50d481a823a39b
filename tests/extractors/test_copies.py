from extractors.copies import containment, copy_keys, group_copies, shingles
from extractors.stories import group_stories

WIRE = " ".join(
    f"Sentence {at} of the report tells that unit {at * 7} moved {at * 3} km towards hill {at}."
    for at in range(40)
)
SHORT = WIRE[: len(WIRE) // 3]
OTHER = " ".join(
    f"Minister {at} praised harvest number {at * 5} in the valley of {at * 11} rivers."
    for at in range(40)
)


def test_a_shortened_copy_is_contained_though_it_is_not_alike() -> None:
    whole, part = shingles(WIRE), shingles(SHORT)
    assert containment(whole, part) > 0.95
    assert len(whole & part) / len(whole | part) < 0.5
    assert containment(whole, shingles(OTHER)) < 0.05
    assert containment(whole, shingles("")) == 0.0


def test_groups_name_their_first_text() -> None:
    assert group_copies([WIRE, OTHER, SHORT, "", ""]) == [0, 1, 0, 3, 4]


def test_keys_are_shared_by_copies_only() -> None:
    keys, copied = set(copy_keys(WIRE)), set(copy_keys(f"{SHORT} Edited here."))
    assert keys & copied
    assert not keys & set(copy_keys(OTHER))
    assert copy_keys(WIRE) == copy_keys(WIRE)
    assert all(0 <= key < 1 << 63 for key in keys)
    assert len(keys) <= 24


def test_texts_too_short_for_a_signature_have_no_keys() -> None:
    assert copy_keys("A short line.") == ()


def test_stories_do_not_chain() -> None:
    flood = "The river flooded the old town and boats carried families across the drowned market"
    strike = "Dockers struck for wages and the port stood idle while ships waited off the harbour"
    texts = [
        flood,
        f"{flood} yesterday",
        strike,
        f"{strike} again",
        "Bees swarm early this warm spring",
    ]
    assert group_stories(texts) == [0, 0, 2, 2, 4]
    assert group_stories([]) == []
    assert group_stories([flood]) == [0]
