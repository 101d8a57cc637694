"""The reference validator on merged files: what claims PDF/UA-1 is, and what is reported is really broken."""

from __future__ import annotations

import itertools
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from generator.merge.looking import Shelf
from generator.merge.pack import Insert, MergeResult, Part, insert_into
from tests.generator.merge import samples
from tests.generator.merge.handmade import HandMade, edited, simple
from tests.generator.merge.shared import merged
from tests.generator.merge.test_insert import Stamp
from tests.generator.merge.test_naming import linked, roled, table
from tests.verapdf import assert_pdf_ua, broken_rules

MAKERS = {
    "typst": samples.guide,
    "weasyprint": samples.leaflet,
    "form": samples.form,
    "untagged": samples.scan,
    "by hand": simple,
}


def combinations() -> dict[str, MergeResult]:
    """Files of all makers, by pairs in both orders and three of a kind, and cases that rules are about."""
    found = {
        f"{one} + {two}": merged(MAKERS[one](), MAKERS[two](), describes="A map of the way")
        for one, two in itertools.product(MAKERS, repeat=2)
    }
    found |= {f"3 {name}": merged(*[make()] * 3, describes="A map") for name, make in MAKERS.items()}
    found["all"] = merged(*(make() for make in MAKERS.values()), describes="A map")
    found["header ids"] = merged(table(b"h"), table(b"h", by_class=True), table(b"n", note=b"h"))
    found["utf-16 ids"] = merged(*[table("\ufeffh".encode("utf-16-be"))] * 2)
    found["roles"] = merged(
        roled("Box", {"Box": "Div"}),
        roled("Box", {"Box": "Mid", "Mid": "Quote"}),
        roled("P", {"P": "Quote"}),
        roled("Title", {}),
        roled("Box", {}, namespaced=True),
    )
    found["circle of roles"] = merged(simple(), roled("A1", {"A1": "B1", "B1": "A1"}))
    found["destinations"] = merged(linked(pikepdf.String("m"), "m"), linked(Name.m, "m", old=True))
    found["headings"] = merged(simple(), _strong_headings())
    found["no tabs"] = merged(_without_tabs())
    found["bad language"] = merged(simple(), edited(simple(), _speaks_nonsense))
    return found


def _strong_headings() -> bytes:
    made = HandMade()
    page = made.page(2)
    made.element("H", page=page, marks=(0,))
    made.element("H", made.element("Sect"), page, (1,))
    return made.bytes()


def _without_tabs() -> bytes:
    made = HandMade()
    page = made.page(1)
    made.element("P", page=page, marks=(0,))
    link = made.element("Link")
    made.annotation(page, link, "Link", A=Dictionary(S=Name.URI, URI="https://example.org"), Contents="Site")
    del page["/Tabs"]
    return made.bytes()


def _speaks_nonsense(document: pikepdf.Pdf) -> None:
    document.Root.StructTreeRoot.K.Lang = pikepdf.String("not a language!")


def stamped(folder: Path) -> MergeResult:
    """A pack by Typst with a tagged and an untagged insert, stamped with its own font."""
    shelf = Shelf()
    inserts = []
    for name, pdf, after in (("a.pdf", samples.leaflet(), 1), ("b.pdf", samples.scan(), 2)):
        path = folder / name
        path.write_bytes(pdf)
        inserts.append(Insert(Part(shelf.take(path), name, "A map"), after))
    square = Stamp(b"0 0 20 6 re f", 20, 6)
    return insert_into(samples.guide(), inserts, title="Pack", stamp=lambda page, pages: square)


def written(folder: Path, results: dict[str, MergeResult]) -> dict[Path, MergeResult]:
    files = {}
    for name, result in results.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(result.pdf)
        files[path] = result
    return files


def test_what_claims_pdf_ua_passes(tmp_path: Path) -> None:
    results = combinations() | {"stamped": stamped(tmp_path)}
    files = written(tmp_path, results)
    claiming = [path for path, result in files.items() if result.claims_pdf_ua]
    assert [path.stem for path in files if path not in claiming] == ["circle of roles"]
    assert_pdf_ua(claiming)


def _unclean() -> dict[str, bytes]:
    made = HandMade()
    page = made.page(1, contents=b"0 0 9 9 re f")
    made.element("P", page=page, marks=(0,))
    jumping = HandMade()
    page = jumping.page(2)
    jumping.element("H1", page=page, marks=(0,))
    jumping.element("H3", page=page, marks=(1,))
    loose = HandMade()
    page = loose.page(1)
    loose.element("P", page=page, marks=(0,))
    loose.annotation(page, None, "Link", Contents="x", A=Dictionary(S=Name.URI, URI="https://example.org"))
    picture = HandMade()
    picture.element("Figure", page=picture.page(1), marks=(0,))
    return {
        "7.1-3": made.bytes(),
        "7.4.2-1": jumping.bytes(),
        "7.18.5-1": loose.bytes(),
        "7.3-1": picture.bytes(),
        "7.1-5": roled("A1", {}),
        "7.21.4.1-1": samples.scan(embedded=False),
    }


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[MergeResult, tuple[str, ...]]]:
    """For each rule a file that breaks it: what the merge says and what veraPDF says."""
    folder = tmp_path_factory.mktemp("unclean")
    results = {rule: merged(simple(), pdf, describes="A map") for rule, pdf in _unclean().items()}
    paths = {rule: folder / f"rule {rule}.pdf" for rule in results}
    for rule, path in paths.items():
        path.write_bytes(results[rule].pdf)
    found = broken_rules(paths.values())
    return {rule: (results[rule], found[path.resolve()]) for rule, path in paths.items()}


@pytest.mark.parametrize("rule", list(_unclean()))
def test_what_is_reported_is_broken(rule: str, verdicts: dict[str, tuple[MergeResult, tuple[str, ...]]]) -> None:
    result, broken = verdicts[rule]
    assert not result.claims_pdf_ua
    assert "5-1" in broken
    assert rule in {finding.rule for finding in result.findings}
    assert rule in broken


def test_the_validator_sees_a_broken_file(tmp_path: Path) -> None:
    def drop(document: pikepdf.Pdf) -> None:
        document.Root.StructTreeRoot.ParentTree.Nums[1] = Array()

    path = tmp_path / "broken.pdf"
    path.write_bytes(edited(merged(simple()).pdf, drop))
    with pytest.raises(AssertionError, match=r"broken\.pdf: 7\.1-3"):
        assert_pdf_ua([path])
