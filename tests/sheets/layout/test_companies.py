"""Several companies in one sheet: only a person knows whose credits are meant."""

from collections.abc import Sequence

import pytest

from komet_import.review.draft import Draft
from komet_import.review.held_rows import holds
from komet_import.review.judge import judge
from komet_import.review.questions.answer_changes import answered
from komet_import.settings import settings
from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.modifiers import Modifier, Modifies
from komet_import.sheets.layout.sheet import Header
from komet_import.types import OPEN_CREDITS
from tests.review.drafting import reference
from tests.sheets.layout.sheets import KNOWN, sheet

CUSTOMERS = ("FL200", "FL201", "FL200", "00042", "40", "FL202")
CODES = ("1000", "2000", "1000", "1000", "2000", "1000")
NAMES = ("Komet Miami", "Komet Bogotá", "Komet Bogotá", "Komet Miami", "Komet Miami", "Komet Miami")


def written(heading: str, values: Sequence[str], *, above: str = "") -> str:
    lines = [
        f"{customer} | 2026-11-0{n} | 1{n}.00 | {value}"
        for n, (customer, value) in enumerate(zip(CUSTOMERS, values, strict=True), start=1)
    ]
    return "\n".join([above, f"Customer Code | Credit Date | Credit Balance | {heading}", *lines])


def read(heading: str, values: Sequence[str], *, above: str = "") -> Header:
    return header_row.find(sheet(written(heading, values, above=above)), OPEN_CREDITS, KNOWN)


def companies(heading: str, values: Sequence[str]) -> list[Modifier]:
    return [one for one in read(heading, values).modifiers if one.modifies is Modifies.COMPANY]


@pytest.mark.parametrize(
    "heading",
    [
        "Company Code", "Company", "CoCd", "BUKRS", "Entity", "Legal Entity", "Subsidiary", "Empresa",
        "Sociedad", "Código de empresa", "Entidade", "Société", "Mandant", "Buchungskreis", "Firma",
        "Bedrijf", "Administratie",
    ],
)  # fmt: skip
@pytest.mark.parametrize("values", [CODES, NAMES], ids=["codes", "names"])
def test_a_column_of_several_companies_is_asked_about(heading: str, values: Sequence[str]) -> None:
    (found,) = companies(heading, values)
    first, second = found.values
    assert (found.letter, first[1], second[1], found.usual) == ("D", 4, 2, {""})
    assert companies(heading, [values[0]] * 6) == []
    assert companies(heading, [values[0], "", *[values[0]] * 4]) == []


def test_a_row_that_names_no_company_among_several_is_asked_about_with_them() -> None:
    (found,) = companies("Company Code", ["1000", "2000", "", "1000", "2000", "1000"])
    assert found.values == (("1000", 3), ("2000", 2), ("", 1)) and found.usual == set()


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Company", ("Rosas", "Petal", "Rosas", "Bloom", "Tulipán", "Blumen")),  # each customer's own
        ("Entity", ("Rosas", "Petal", "Rosas", "Bloom", "Tulipán", "Blumen")),
        ("Legal Entity", ("Petal & Stem Florist", "Blumen Müller", "Bloom & Co", *("Tulipán Events",) * 3)),
        ("Comments", CODES),
        ("Department", NAMES),
    ],
)
def test_customers_own_companies_and_other_columns_are_none(heading: str, values: Sequence[str]) -> None:
    assert companies(heading, values) == []


def test_our_own_company_is_the_one_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_COMPANY", "Komet Miami")
    settings.cache_clear()
    (found,) = companies("Subsidiary Name", NAMES)
    assert found.usual == {"", "komet miami"}


HEADINGS = "Customer Code | Credit # | Credit Date | Credit Balance"


def grouped(*lines: str, above: Sequence[str] = ()) -> dict[int, tuple[str, bool]]:
    """What of a sheet with these lines below its headings is no data, or perhaps none, and how certain."""
    made = sheet("\n".join([*above, HEADINGS, *lines]))
    header = header_row.find(made, OPEN_CREDITS, KNOWN)
    aside = arrangement.arrange(made, header, OPEN_CREDITS).aside
    return {row: (str(one.kind), one.certain) for row, one in aside.items()}


def line(number: int, customer: str) -> str:
    return f"{customer} | C{number} | 2026-11-0{number} | 1{number}.00"


TITLE, ASKED = ("heading", True), ("other-table", False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Company: 1000", "Company: 2000"),
        ("Company Code 1000", "Company Code 2000"),
        ("Company: | Komet Miami", "Company: | Komet Bogotá"),
        ("Mandant 100", "Mandant 200"),
        ("Buchungskreis: 1000", "Buchungskreis: 2000"),
        ("Empresa: Komet Miami", "Empresa: Komet Bogotá"),
        ("Subsidiary: US01", "Subsidiary: CO02"),
        ("Société : 01", "Société : 02"),
        ("Administratie 001", "Administratie 002"),
        ("Komet Miami Inc.", "Komet Bogotá S.A.S."),
        ("KOMET MIAMI, LLC", "Komet Flowers S.A. de C.V."),
        ("Komet Deutschland GmbH & Co. KG", "Komet Nederland B.V."),
    ],
)
def test_rows_below_the_names_of_several_companies_are_asked_about(one: str, other: str) -> None:
    found = grouped(one, line(1, "FL200"), line(2, "FL201"), other, line(3, "FL202"), line(4, "40"))
    assert found == {2: TITLE, 3: ASKED, 4: ASKED, 5: TITLE, 6: ASKED, 7: ASKED}


def test_a_page_that_begins_in_the_middle_of_a_company_ends_nothing() -> None:
    head = "Customer Code | Credit # | Credit Date | Credit Balance"
    lines = ("Mandant 100", line(1, "FL200"), head, line(2, "FL201"), "Mandant 200", line(3, "FL202"))
    repeated = ("repeated-header", True)
    assert grouped(*lines) == {2: TITLE, 3: ASKED, 4: repeated, 5: ASKED, 6: TITLE, 7: ASKED}


def test_another_table_between_the_rows_of_companies_ends_nothing_either() -> None:
    first = (line(number, "FL201" if number % 2 else "40") for number in range(1, 7))  # rows 3 to 8
    between = (
        "Customer Code | Customer Name | Accounting Code | Customer Type",
        "FL200 | Bloom | 3 | Retailer",
    )
    found = grouped("Mandant 100", *first, *between, HEADINGS, line(7, "FL200"), "Mandant 200", line(8, "40"))
    assert [found[row] for row in range(2, 9)] == [TITLE, *[ASKED] * 6]
    assert found[9] == found[10] == ("other-table", True)
    assert found[11] == ("repeated-header", True)
    assert [found[row] for row in (12, 13, 14)] == [ASKED, TITLE, ASKED]


def test_the_rows_of_our_own_company_are_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMET_COMPANY", "Komet Miami")
    settings.cache_clear()
    lines = ("Mandant: Komet Bogotá", line(1, "FL200"), "Mandant: Komet Miami", line(2, "FL201"))
    assert grouped(*lines) == {2: TITLE, 3: ASKED, 4: TITLE}
    monkeypatch.setenv("KOMET_COMPANY", "Komet Miami Inc.")
    settings.cache_clear()
    lines = ("Komet Bogotá SAS", line(1, "FL200"), line(2, "40"), "Komet Miami Inc.", line(3, "FL201"))
    assert grouped(*lines) == {2: TITLE, 3: ASKED, 4: ASKED, 5: TITLE}
    assert grouped(*lines[3:], *lines[:3]) == {2: TITLE, 4: TITLE, 5: ASKED, 6: ASKED}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Company: 1000", "Company: 1000"),  # one company, page by page
        ("Company: Rosas", "Company: Petal"),  # the customers' own: each line is above one customer's rows
        ("Miami", "Bogotá"),
        ("Region: North", "Region: South"),
        ("Rosas Inc.", "Petal Ltd."),  # the customers' own names
        ("Komet Miami Inc.", "Komet Miami Inc."),
        (f"Company: Miami {'and so on ' * 8}", f"Company: Bogotá {'and so on ' * 8}"),  # so long: a text
    ],
)
def test_rows_below_other_titles_are_not_asked_about(one: str, other: str) -> None:
    found = grouped(one, line(1, "FL200"), line(2, "FL200"), other, line(3, "FL201"), line(4, "FL201"))
    assert ASKED not in found.values()


def test_the_name_of_a_company_above_the_headings_is_one_of_several_too() -> None:
    below = (line(1, "FL200"), "Komet Bogotá SAS", line(2, "FL201"), line(3, "40"))
    found = grouped(*below, above=["Komet Miami Inc."])
    assert found == {3: ASKED, 4: TITLE, 5: ASKED, 6: ASKED}


def test_the_companies_of_a_group_are_no_customers_own() -> None:
    text = """
        Customer Code | Credit Date | Credit Balance | Company
        FL200 | 2026-11-01 | 10.00 | Komet US
        FL201 | 2026-11-02 | 20.00 | Komet Colombia
    """
    (found,) = header_row.find(sheet(text), OPEN_CREDITS, KNOWN).modifiers
    assert found.modifies is Modifies.COMPANY
    own = text.replace("Komet US", "Rosas").replace("Komet Colombia", "Petal")
    assert header_row.find(sheet(own), OPEN_CREDITS, KNOWN).modifiers == ()


def drafted(heading: str) -> Draft:
    made = sheet(written(heading, CODES))
    header = header_row.find(made, OPEN_CREDITS, KNOWN)
    arranged = arrangement.arrange(made, header, OPEN_CREDITS)
    return Draft.of(arranged, OPEN_CREDITS, multi_location=False, worksheet=made)


def test_every_row_waits_until_somebody_says_which_company_is_meant() -> None:
    draft = drafted("Company Code")
    (hold,) = holds(draft)
    assert (hold.id, hold.rows.all()) == ("filter:D", True)
    assert str(hold.question) == "Which values of “Company Code” are credits to import?"
    settled = draft.apply(answered(draft, judge(draft, reference()), "filter", "D", '["1000"]'))
    assert holds(settled) == [] and settled.set_aside.tolist() == [code != "1000" for code in CODES]


def test_a_subsidiary_is_a_place_or_a_company_and_one_question_at_a_time() -> None:
    draft = drafted("Subsidiary")
    assert [hold.id for hold in holds(draft)] == ["column:D"]

    def say(answer: str) -> list[str]:
        return [
            hold.id
            for hold in holds(draft.apply(answered(draft, judge(draft, reference()), "column", "D", answer)))
        ]

    assert say("Location Code") == [] and say("") == ["filter:D"]


@pytest.mark.parametrize(
    "line",
    [
        "Company Code: 1000, 2000",
        "Company Code | 1000 | 2000",
        "Company code 1000 to 2000",
        "Sociedad: 1000 y 2000",
        "Mandant: | 100; 200",
        "Entity | US01 | CO01 | EC01",
        "All companies",
        "Company: All",
        "Todas las empresas",
        "Toutes les sociétés",
        "Alle Mandanten",
        "Alle Buchungskreise",
        "Entities | All",
        "Subsidiary: HQ (Consolidated)",
        "Consolidado",
    ],
)
def test_a_line_of_several_companies_makes_the_amounts_a_question(line: str) -> None:
    header = read("Comments", ("",) * 6, above=line)
    assert header.doubtful == {"C": "Credit Balance"}
    assert str(header.evidence["C"]) == f"row 1 says “{' '.join(line.replace('|', ' ').split())}”"


@pytest.mark.parametrize(
    "line",
    [
        "Company Code: 1000",
        "Company: Komet Flowers, Inc.",
        "Company | Komet",
        "Report 1000, 2000",
        "A | 1 | 2",
        "All credits",
        "All customers",
        "Entity: Allentown",
        "Consolidated Flowers Report",
        f"Company Code: 1000, 2000 {', 1000' * 10}",  # a line so long is a text
    ],
)
def test_a_line_of_one_company_does_not(line: str) -> None:
    assert not read("Comments", ("",) * 6, above=line).doubtful
