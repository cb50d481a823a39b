"""Groups by a threshold of similarity, for what copies are compared with."""

import numpy as np

from benchmarks.copy_peers import joined, tfidf_similarity


def test_documents_are_joined_through_others() -> None:
    similarity = np.eye(4)
    for one, other, value in ((0, 2, 0.8), (2, 3, 0.7), (0, 1, 0.3)):
        similarity[one, other] = similarity[other, one] = value
    assert joined(similarity, 0.9) == [0, 1, 2, 3]
    assert joined(similarity, 0.75) == [0, 1, 0, 3]
    assert joined(similarity, 0.7) == [0, 1, 0, 0]


def test_the_same_words_are_most_similar() -> None:
    texts = ["The ferry sank off Odrava.", "The ferry sank off Odrava.", "Prices rose in May."]
    similarity = tfidf_similarity(texts)
    assert joined(similarity, 0.99) == [0, 0, 2]
