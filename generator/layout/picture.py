"""Exercise pictures on a card: drawn from a pose, or a clinic's own file. Kept once a file as a form or an image.

A pose is drawn in few heights and enlarged to fill its frame: packs then share a picture, however high its frames are.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from functools import lru_cache

import deflate

from generator.bitmaps import opened
from generator.blocks import DrawnPicture, OwnPicture, Picture
from generator.figures.palette import INK_SAVER, PEOPLE, Palette, palette_for
from generator.figures.picture import PADDING as FRAME_PADDING
from generator.figures.picture import Keeper, draw
from generator.figures.solved import SolvedPose
from generator.layout.art import drawing_of, painted
from generator.layout.studio import Studio
from generator.layout.tokens import Tokens
from generator.marks import Form, Image
from generator.values import dataclass

PADDING = 4.0
THOROUGH = 9  # deflate level: a picture is compressed once a run
HEIGHT_STEP = 18.0  # points between the heights in which pictures are drawn: 90, 108, 126 on a full card


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A drawn picture as it is kept: its height and what it covers, as in `Drawing`, and the form."""

    height: float
    bbox: tuple[float, float, float, float]
    form: Form

    def to_json(self) -> str:
        """As JSON, to be kept."""
        form = self.form
        return json.dumps([self.height, self.bbox, form.name, form.box, b64encode(form.data).decode("ascii")])

    @classmethod
    def from_json(cls, text: str) -> _Fitted:
        """The value that `to_json` wrote."""
        height, bbox, name, box, data = json.loads(text)
        return cls(height, tuple(bbox), Form(name, tuple(box), b64decode(data)))


def draw_picture(
    studio: Studio, picture: Picture, x: float, top: float, width: float, height: float, *, end_only: bool = False
) -> float:
    """A picture with its alternative text inside the given box. Returns the height with an attribution below it."""
    press = studio.press
    if isinstance(picture, DrawnPicture):
        drawing = _drawing(studio, picture, width, height, end_only=end_only)
        scale = _enlargement(drawing, width, height)
        left, bottom, right, upper = (edge * scale for edge in drawing.bbox)
        middle_x, middle_y = (left + right) / 2, (bottom + upper) / 2
        with press.figure(picture.alt, x, top, width, height):
            press.form(drawing.form, x + width / 2 - middle_x, top + height / 2 + middle_y, scale)
        return height
    with press.figure(picture.alt, x, top, width, height):
        _own(studio, picture, x + PADDING, top + PADDING, width - 2 * PADDING, height - 2 * PADDING)
    if picture.attribution:
        press.paragraph(x, top + height + 2, width, picture.attribution, studio.style("sources"))
    return height + below_picture(studio, picture, width)


def filled_height(studio: Studio, picture: Picture, width: float, height: float) -> float:
    """What a drawn picture covers of a frame's height, with the frame's padding; a clinic's own covers all of it."""
    if not isinstance(picture, DrawnPicture):
        return height
    drawing = _drawing(studio, picture, width, height, end_only=False)
    _, bottom, _, top = drawing.bbox
    return (top - bottom) * _enlargement(drawing, width, height) + 4 * PADDING


def below_picture(studio: Studio, picture: Picture | None, width: float) -> float:
    """What an attribution adds to the height of a picture of this width."""
    if not isinstance(picture, OwnPicture) or not picture.attribution:
        return 0.0
    return 2 + studio.press.height(picture.attribution, studio.style("sources"), width)


def _enlargement(drawing: _Fitted, width: float, height: float) -> float:
    """How many times larger a picture fits into a frame than it was drawn."""
    left, _, right, _ = drawing.bbox
    return round(max(1.0, min(height / drawing.height, (width - 2 * FRAME_PADDING) / (right - left))), 3)


def _drawing(studio: Studio, picture: DrawnPicture, width: float, height: float, *, end_only: bool) -> _Fitted:
    """The picture in the tallest of its heights that fits."""
    drawn_height = max(HEIGHT_STEP, height // HEIGHT_STEP * HEIGHT_STEP)
    return _drawn(picture, width, drawn_height, _palette(studio.tokens, picture.person), end_only, studio.drawings)


@lru_cache(maxsize=4_000)
def _drawn(
    picture: DrawnPicture, width: float, height: float, palette: Palette, end_only: bool, keeper: Keeper | None
) -> _Fitted:
    """A picture in its colors, deflated, as it was kept or drawn."""
    if keeper is None:
        return _made(picture, width, height, palette, end_only, None)
    what = ("fitted", _hash_of(picture.pose), width, height, palette, end_only, picture.mirrored)
    key = hashlib.sha256(repr(what).encode("utf-8")).hexdigest()
    if (kept := keeper.get(key)) is not None:
        return _Fitted.from_json(kept)
    fitted = _made(picture, width, height, palette, end_only, keeper)
    keeper.put(key, fitted.to_json())
    return fitted


@lru_cache(maxsize=500)
def _hash_of(pose: SolvedPose) -> str:
    """A pose's hash, worked out once for all its pictures."""
    return pose.content_hash


def _made(
    picture: DrawnPicture, width: float, height: float, palette: Palette, end_only: bool, keeper: Keeper | None
) -> _Fitted:
    drawing = draw(
        picture.pose,
        width=width,
        height=height,
        palette=palette,
        panels="end" if end_only else "both",
        mirrored=picture.mirrored,
        keeper=keeper,
    )
    name = "P" + hashlib.sha256(drawing.operators).hexdigest()[:12]
    data = bytes(deflate.zlib_compress(drawing.operators, THOROUGH))
    return _Fitted(drawing.height, drawing.bbox, Form(name, (0.0, 0.0, drawing.width, drawing.height), data))


def _palette(tokens: Tokens, person: int) -> Palette:
    """The brand's colors on one of several people; without color the ink-saver palette."""
    if tokens.mono:
        return INK_SAVER
    return palette_for(
        top=tokens.color("top"),
        shorts=tokens.color("shorts"),
        line=tokens.color("ink"),
        badge=tokens.color("primary"),
        person=PEOPLE[person % len(PEOPLE)],
    )


def _own(studio: Studio, picture: OwnPicture, x: float, top: float, width: float, height: float) -> None:
    """A clinic's own picture, as large as fits, centered, in its own colors."""
    if picture.kind == "svg":
        drawing = drawing_of(picture.data, "picture")
        scale = min(width / drawing.width, height / drawing.height)
        left = x + (width - drawing.width * scale) / 2
        bottom = top + (height + drawing.height * scale) / 2
        studio.press.operators(painted(drawing, str), left, bottom, scale)
        return
    image = read_bitmap(picture.data)
    scale = min(width / image.width, height / image.height)
    wide, high = image.width * scale, image.height * scale
    studio.press.image(image, x + (width - wide) / 2, top + (height + high) / 2, wide, high)


@lru_cache(maxsize=64)
def read_bitmap(data: bytes) -> Image:
    """A PNG or JPEG as the file stores it: JPEG as it is, everything else deflated. Raises ContentError."""
    name = "I" + hashlib.sha256(data).hexdigest()[:12]
    with opened(data) as bitmap:
        if bitmap.format == "JPEG" and bitmap.mode in ("RGB", "L"):
            space = "DeviceRGB" if bitmap.mode == "RGB" else "DeviceGray"
            return Image(name, bitmap.width, bitmap.height, space, "DCTDecode", data)  # type: ignore[arg-type]
        bitmap.load()
        mask = b""
        if bitmap.mode in ("RGBA", "LA", "PA") or "transparency" in bitmap.info:
            with_alpha = bitmap.convert("RGBA")
            mask = zlib.compress(with_alpha.getchannel("A").tobytes(), 6)
            samples = with_alpha.convert("RGB").tobytes()
        else:
            samples = bitmap.convert("RGB").tobytes()
        return Image(name, bitmap.width, bitmap.height, "DeviceRGB", "FlateDecode", zlib.compress(samples, 6), mask)
