"""CSV as text: what casts doubt on the whole file is refused whole, with its line and without its words."""

from __future__ import annotations

import pytest

from generator.errors import ErrorList
from generator.inputs.csv_text import read_table

KNOWN = ("id", "name", "date", "screened.by", "note")
REQUIRED = ("id", "name")


def table(text: str) -> list[tuple[int, list[str]]]:
    return [(row.line, row.cells) for row in read_table(text, "r.csv", KNOWN, REQUIRED).rows]


def wrong(text: str) -> list[str]:
    with pytest.raises(ErrorList) as caught:
        table(text)
    found = [str(error) for error in caught.value.errors]
    assert "secret" not in "".join(found).lower()
    return found


def test_rows_know_their_lines() -> None:
    text = 'id,name\r\n1,Ana\r\n\r\n# a note of ours\r\n2,"two\r\nlines"\r\n,\r\n"# a note, too",\r\n3," Ben "\r\n'
    assert table(text) == [(2, ["1", "Ana"]), (5, ["2", "two\nlines"]), (9, ["3", "Ben"])]
    assert table("id,name\r1,Ana\r2,Ben") == [(2, ["1", "Ana"]), (3, ["2", "Ben"])]


def test_columns_come_in_any_order_and_quotes_may_stand() -> None:
    assert table('name,id\n"Jane ""JJ"" Doe <b>&, x",7\n5\' 3" tall,8') == [
        (2, ['Jane "JJ" Doe <b>&, x', "7"]),
        (3, ["5' 3\" tall", "8"]),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('id,name\n1,Ana\n2,"Secret\n3,Cleo\n4,Dan\n', 3),
        ('id,name\n1,Ana\n2,"Secret\n3,"Cleo"\n4,Dan\n', 3),
        ('id,name\n1,Ana\n2,"Secret" x\n3,Cleo\n', 3),
        ('id,name\n"1\n1","Secret\n3,Cleo\n', 3),
        ('id,name\n1,"two\nlines"\n2,"Secret""\n3,Cleo', 4),
        ('"id,name\n1,Secret', 1),
        ('id,name\n1,"' + "Secret " * 30_000 + "\n2,Ben", 2),
    ],
)
def test_an_open_quote_is_told_at_the_line_where_it_opens(text: str, line: int) -> None:
    (found,) = wrong(text)
    assert found.startswith(f"r.csv:{line}: A quote opens on this line and is not closed rightly.")


def test_a_quote_that_closes_in_another_row_shows_as_a_wrong_width() -> None:
    (found,) = wrong('id,name,note\n1,"Secret,x\n2,Ben,"\n3,Cleo,y\n')
    assert found.startswith("r.csv:2: This row has 2 cells, the header has 3.")
    assert "It runs on to line 3: a quote may be missing before." in found


def test_rows_of_another_width_are_all_told() -> None:
    assert wrong("id,name\n1,Ana\n2\n3,Secret,x\n4,Dan\n") == [
        "r.csv:3: This row has 1 cell, the header has 2. A cell or a comma is missing.",
        "r.csv:4: This row has 3 cells, the header has 2. Put quotes around a cell that holds a comma.",
    ]
    many = wrong("id,name\n" + "x\n" * 50)
    assert len(many) == 21
    assert many[-1] == "r.csv: So do 30 more rows."


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("id;name;date", "r.csv:1: The columns are separated by semicolons instead of commas. Excel does so in some"),
        ("id\tname\tdate", "r.csv:1: The columns are separated by tabs instead of commas."),
        ("sep=,\nid,name", 'r.csv:1: The first line is a note to Excel ("sep=") and not the header. Delete the line.'),
        ("id,name,Screened By", 'r.csv:1: Column 3 (C) has a heading that is not known. Did you mean "screened.by"?'),
        (
            "id,name,Secret",
            "r.csv:1: Column 3 (C) has a heading that is not known. docs/rosters.md lists the headings.",
        ),
        ("id,name,", "r.csv:1: Column 3 (C) has no heading. Delete the column."),
        ("id,name,id", 'r.csv:1: The heading "id" stands over columns A and C. Keep one of the two.'),
        ("id,date", 'r.csv:1: The column "name" is missing.'),
        ("id,nme", 'r.csv:1: Column 2 (B) has a heading that is not known. Did you mean "name"?'),
        ("7,Secret,2026-11-23", "r.csv:1: The first line is no header of a roster. The first line names the columns."),
    ],
)
def test_headers_are_exact(header: str, says: str) -> None:
    (found,) = wrong(f"{header}\n1,Secret\n")
    assert found.startswith(says)


def test_columns_past_z_are_named_as_spreadsheets_do() -> None:
    header = ["id", "name", *["note"] * 25]
    assert "over columns C and AA." in wrong(",".join(header) + "\n")[-1]


def test_an_empty_file_is_told() -> None:
    assert wrong("") == ["r.csv:1: The file is empty."]
    assert table("id,name\n") == []
