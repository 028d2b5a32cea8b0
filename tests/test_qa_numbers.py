import pytest

from qa.text.numbers.reading import numbers


def read(text: str) -> list[tuple[float, str]]:
    return [(number.value, number.unit) for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The dyke is 2.5m high.", [(2.5, "meter")]),
        ("A 400m race was run.", [(400, "meter")]),
        ("The pit, 3m deep, was filled.", [(3, "meter")]),
        ("The river rose by 1.5m overnight.", [(1.5, "meter")]),
        ("Some 1.5m people fled.", [(1_500_000, "")]),
        ("The film had 20m viewers.", [(20_000_000, "")]),
        ("The fine was £3m.", [(3_000_000, "pound")]),
        ("It cost 2.5m euros.", [(2_500_000, "euro")]),
        ("It has 2.5M users.", [(2_500_000, "")]),
    ],
)
def test_m_is_metres_or_millions_by_what_is_counted(text: str, found: list[tuple[float, str]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("three point five million people", 3.5e6),
        ("two point two five billion", 2.25e9),
        ("zero point four percent", 0.4),
        ("twenty-one point six percent", 21.6),
    ],
)
def test_a_point_in_words_begins_the_decimals(text: str, value: float) -> None:
    assert [number for number, _ in read(text)] == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Es waren 1.200 Menschen in der Halle.", [1200]),
        ("Der Preis stieg um 4,2 Prozent auf 1.200,50 Euro.", [4.2, 1200.5]),
        ("La región recibió 1.200 toneladas y gastó 4,2 millones de euros.", [1200, 4.2e6]),
        ("Le budget est de 3,5 milliards pour la ville.", [3.5e9]),
        ("Sono 12.500 persone e il 4,5 per cento della città.", [12_500, 4.5]),
        ("The price rose by 4.2 percent to 1,200.50 euros.", [4.2, 1200.5]),
        ("It was 1.200 of the two.", [1.2, 2]),
        ("Das kostet 5 Mio. Euro.", [5e6]),
    ],
)
def test_points_and_commas_mean_what_they_do_in_the_texts_language(text: str, values: list[float]) -> None:
    assert [number for number, _ in read(text)] == [pytest.approx(value) for value in values]


def test_a_footnotes_mark_is_no_part_of_a_number_and_a_power_is() -> None:
    assert read("It holds 41[2] million litres, 310³ families and 10⁶ fish.") == [(41e6, ""), (310, ""), (1e6, "")]


def test_a_minus_makes_another_number_and_a_range_has_none() -> None:
    assert read("It was -5 degrees, then −3%.") == [(-5, "degre"), (-3, "percent")]
    assert read("minus 4 degrees, a 3-5 win, pages 7–9") == [(-4, "degre"), (3, ""), (5, ""), (7, ""), (9, "")]
    cold, mild = numbers("-5 degrees")[0], numbers("5 degrees")[0]
    assert not cold.agrees(mild)
