from __future__ import annotations

import io
import zlib

import pikepdf

from generator.deliver.reading import Reader


def font(pdf: pikepdf.Pdf, letters: str) -> pikepdf.Object:
    """A font in which the codes a, b, c ... say these letters."""
    lines = "".join(f"<{ord('a') + at:02x}> <{ord(letter):04x}>\n" for at, letter in enumerate(letters))
    cmap = f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{len(letters)} beginbfchar\n{lines}endbfchar\n"
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, ToUnicode=pdf.make_stream(cmap.encode())
    )


def file(contents: list[bytes], **fonts: str) -> bytes:
    """A page with these content streams, deflated as a writer would."""
    pdf = pikepdf.new()
    resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary({f"/{name}": font(pdf, letters) for name, letters in fonts.items()})
    )
    streams = []
    for content in contents:
        stream = pikepdf.Stream(pdf, b"")
        stream.write(zlib.compress(content), filter=pikepdf.Name.FlateDecode)
        streams.append(pdf.make_indirect(stream))
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=[0, 0, 9, 9], Resources=resources, Contents=pikepdf.Array(streams)
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    buffer = io.BytesIO()
    pdf.save(buffer, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return buffer.getvalue()


def mark(words: str, name: str = "") -> bytes:
    choice = f"/{name} 9 Tf " if name else ""
    return f"/P <</MCID 0>> BDC BT {choice}({words}) Tj ET EMC\n".encode()


def texts(reader: Reader, data: bytes) -> list[str]:
    return [page.text for page in reader.read(data)]


def test_the_same_content_says_what_the_maps_of_its_own_file_say() -> None:
    reader, content = Reader(), [mark("abc", "F1")]
    for _ in range(4):
        assert texts(reader, file(content, F1="Ann")) == ["Ann"]
        assert texts(reader, file(content, F1="Bob")) == ["Bob"]
        assert texts(reader, file(content, F1="Ann", F2="xyz")) == ["Ann"]


def test_text_in_the_font_of_the_stream_before_follows_that_font() -> None:
    reader, second = Reader(), mark("abc")
    for _ in range(4):
        assert texts(reader, file([mark("a", "F1"), second], F1="Ann", F2="Bob")) == ["A\nAnn"]
        assert texts(reader, file([mark("a", "F2"), second], F1="Ann", F2="Bob")) == ["B\nBob"]
        assert texts(reader, file([mark("a", "F2"), second], F1="Ann", F2="Cat")) == ["C\nCat"]


def test_a_font_chosen_in_a_kept_stream_holds_for_the_next() -> None:
    reader, kept, last = Reader(), mark("a", "F2"), mark("abc")
    for before in ("F1", "F2", "F1", "F2", "F1"):
        assert texts(reader, file([mark("b", before), kept, last], F1="Ann", F2="Bob"))[0].endswith("\nB\nBob")


def test_shapes_and_codes_paint_and_say_nothing() -> None:
    for shapes in (b"1 2 3 4 re f", b"q 9 0 0 9 0 0 cm BI /W 8 /H 2 /BPC 1 /IM true /F /AHx ID 0F0F> EI Q"):
        content = b"/Figure <</MCID 0>> BDC " + shapes + b" EMC\n" + mark("1 2 3 4 re f", "F1")
        (page,) = Reader().read(file([content], F1="Ann"))
        ((figure, first), (_, second)) = page.parts[0].marks
        assert (figure, first.text, first.paints) == ("Figure", "", True)
        assert (len(second.text), second.paints) == (12, False)
