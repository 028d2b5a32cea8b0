from __future__ import annotations

import math

from qa.confidence.answer import confidence, held, traits


def test_traits_are_taken_from_the_least_sure_of_all() -> None:
    found = traits(0.9, [0.8, 0.5], [0.9, 0.1, 0.4], proof=0.5, added=4, expected=False)
    assert math.isclose(found.evidence, math.log(9))
    assert found.support == 0.0
    assert math.isclose(found.doubt, math.log(0.1))
    assert math.isclose(found.fluency, (math.log(0.9) + math.log(0.1) + math.log(0.4)) / 3)
    assert math.isclose(found.proof, math.log(0.5))
    assert found.added == 0.5


def test_nothing_written_and_certainty_stay_within_bounds() -> None:
    assert traits(1.0, [], [], proof=1.0, added=0, expected=False) == traits(
        0.99, [0.0], [1.0], proof=1.0, added=0, expected=False
    )
    assert traits(0.0, [1.0], [0.0], proof=0.0, added=99, expected=False).added == 1.0


def test_better_evidence_support_and_surer_words_never_lower_the_confidence() -> None:
    worse = traits(0.3, [0.2], [0.2, 0.5], proof=0.6, added=2, expected=False)
    for better in (
        traits(0.8, [0.2], [0.2, 0.5], proof=0.6, added=2, expected=False),
        traits(0.3, [0.9], [0.2, 0.5], proof=0.6, added=2, expected=False),
        traits(0.3, [0.2], [0.9, 0.95], proof=0.6, added=2, expected=False),
    ):
        assert 0 < confidence(worse) < confidence(better) < 1
        assert 0 < held(worse) < held(better) < 1
