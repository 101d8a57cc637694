"""Strict reading: rows 1 to 7 and 10 of the table of hostile input, and that places survive."""

from __future__ import annotations

import pickle
import tracemalloc
from pathlib import Path

import pytest

from generator.errors import ContentError, PlanError
from generator.source import MAX_BYTES, MAX_DEPTH, Source, parse_json, parse_yaml, read_source


def read(text: str | bytes) -> Source:
    return parse_yaml(text.encode() if isinstance(text, str) else text, "file.yaml", ContentError)


def messages(source: Source) -> list[str]:
    return [str(error) for error in source.errors]


def test_scalars_stay_text_and_only_a_plain_null_is_none() -> None:
    source = read("a: no\nb: 10:30\nc: 0012345\nd: Null\ne: 'null'\nf: null\ng: ~\nh:\non: 1\ni: 2024-02-30\nj: yes\n")
    assert source.errors == ()
    assert source.value == {
        **{"a": "no", "b": "10:30", "c": "0012345", "d": "Null", "e": "null"},
        **{"f": None, "g": None, "h": None, "on": "1", "i": "2024-02-30", "j": "yes"},
    }


def test_each_duplicate_key_is_one_finding_with_both_lines() -> None:
    source = read("a: 1\nb: {c: 1, c: 2}\na: 2\nd:\n  e: 1\n  f: 2\n  e: 3\n")
    assert messages(source) == [
        "file.yaml:2 (b.c): The same key stands on line 2 and on line 2. Keep one of the two.",
        "file.yaml:3 (a): The same key stands on line 1 and on line 3. Keep one of the two.",
        "file.yaml:7 (d.e): The same key stands on line 5 and on line 7. Keep one of the two.",
    ]
    assert source.value == {"a": "1", "b": {"c": "1"}, "d": {"e": "1", "f": "2"}}


def test_anchors_and_aliases_are_one_finding_for_each_name() -> None:
    source = read("a: &x [1]\nb: *x\nc: *x\n")
    assert [error.place.line for error in source.errors if error.place] == [1]
    assert source.unsure == {("b",), ("c",)}


@pytest.mark.parametrize("last", ["{<<: *i}", "*i"])
def test_a_bomb_of_merge_keys_is_never_expanded(last: str) -> None:
    levels = "".join(
        f"{c}: &{c} {{<<: [{', '.join(['*' + p] * 9)}]}}\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    text = f"a: &a {{k: v}}\n{levels}z: {last}\n"
    tracemalloc.start()
    source = read(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert source.errors
    assert peak < 5_000_000


@pytest.mark.parametrize("opener", ["[", "{a: ", "- "])
def test_great_depth_is_refused_without_recursion(opener: str) -> None:
    assert messages(read(opener * 100_000)) == [f"file.yaml:1: This is nested more than {MAX_DEPTH} levels deep."]


def test_fifty_levels_are_fine() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).errors == ()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: !!python/object/apply:os.system [ls]", 1, "Tags (!)"),
        ("x: 1\na: !thing b", 2, "Tags (!)"),
        ("a: 1\n<<: {b: 2}", 2, "Merge keys"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("a: 'b\nc: 2", 2, "not valid YAML"),
        ("a: [1, 2", 2, "not valid YAML"),
        ("? [a]\n: b", 1, "A key must be one word"),
        ("~: b", 1, "A key is missing"),
        ("a: 1\nb: x\ty", 2, "a tab"),
        ('a: "x\\x07y"', 1, "U+0007"),
        ("a: b\u202ec", 1, "U+202E"),
        ("a: \x00b", 1, "UTF-16"),
    ],
)
def test_what_content_has_no_use_for_is_refused(text: str, line: int, says: str) -> None:
    source = read(text)
    assert len(source.errors) == 1
    assert says in source.errors[0].message
    assert source.errors[0].place is not None
    assert source.errors[0].place.line == line


def test_a_byte_order_mark_is_fine_and_other_encodings_are_told() -> None:
    assert read("\ufeffa: é".encode()).value == {"a": "é"}
    assert "Windows-1252" in messages(read("x: 1\na: é".encode("cp1252")))[0]
    assert messages(read("x: 1\na: é".encode("cp1252")))[0].startswith("file.yaml:2:")
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert "UTF-16" in messages(read("name: é".encode(encoding)))[0]


def test_text_is_composed() -> None:
    assert read('a: e\u0301\nb: "e\\u0301"').value == {"a": "é", "b": "é"}


def test_markup_and_addresses_stay_as_typed() -> None:
    typed = ["<b>&amp;", "Jane <jane@x.com>", "<![CDATA[x]]>", "<img src=/etc/passwd>", "javascript:alert(1)"]
    assert read("\n".join(f"- '{text}'" for text in typed)).value == typed


def test_a_large_file_is_refused() -> None:
    assert messages(read(b"a" * (MAX_BYTES + 1))) == ["file.yaml: The file is larger than 2 MB."]


def test_a_missing_file_is_an_error_of_the_kind_asked_for(tmp_path: Path) -> None:
    source = read_source(tmp_path / "none.yaml", "none.yaml", PlanError)
    assert not source.readable
    assert isinstance(source.errors[0], PlanError)
    assert "none.yaml" in str(source.errors[0])
    assert str(tmp_path) not in str(source.errors[0])


def test_lines_mirror_the_values_and_cross_to_a_worker() -> None:
    source = read("a: 1\nb:\n  - x\n  - c: 2\n    d: [3,\n      4]\n")
    assert source.lines == (1, {"a": 1, "b": (2, [3, (4, {"c": 4, "d": (5, [5, 6])})])})
    assert pickle.loads(pickle.dumps(source)) == source


def test_json_follows_the_same_rules(tmp_path: Path) -> None:
    source = parse_json(b'{"a": 1.50, "b": true, "c": null, "a": 2, "d": ["x"]}', "line.jsonl", PlanError, line=7)
    assert source.value == {"a": "1.50", "b": "true", "c": None, "d": ["x"]}
    assert messages(source) == ['line.jsonl:7: The key "a" stands here twice.']
    deep = parse_json(b"[" * 100_000 + b"]" * 100_000, "deep.json", PlanError)
    assert not deep.readable
    broken = tmp_path / "broken.json"
    broken.write_text('{\n"a": }', encoding="utf-8")
    assert messages(read_source(broken, "broken.json", PlanError)) == ["broken.json:2: This is not valid JSON."]
