"""Opening other people's PNG and JPEG files, under the same rules wherever it is done."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from PIL import Image, ImageFile, UnidentifiedImageError

from generator.errors import ContentError

LARGEST_PIXELS: Final = 24_000_000
"""A 24-megapixel photograph. More only costs memory (a 169-megapixel PNG took 1.8 GB)."""


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """A PNG or JPEG, its pixels not yet read. Raises ContentError, also for what is met while the caller reads them.

    Our own size limit is far below the one that Pillow warns of. Whether Pillow reads files that were cut short is a
    switch for the whole process, which other libraries turn on (WeasyPrint does); here it is off.
    """
    patient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as bitmap:
                if bitmap.width * bitmap.height > LARGEST_PIXELS:
                    raise _too_large(f"{bitmap.width} × {bitmap.height}")
                yield bitmap
    except Image.DecompressionBombError as problem:
        raise _too_large("hundreds of millions of") from problem
    except UnidentifiedImageError as problem:
        message = "This picture is neither PNG nor JPEG, whatever its name says."
        raise ContentError(message, hint="Save it again as PNG or JPEG.") from problem
    except (OSError, SyntaxError, ValueError) as problem:
        hint = "Save it again as PNG or JPEG; the file may be cut short."
        raise ContentError("This picture cannot be read.", hint=hint) from problem
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = patient


def _too_large(pixels: str) -> ContentError:
    hint = "Save it smaller: 2,000 pixels along the longer edge are plenty."
    return ContentError(f"This picture has {pixels} pixels, which is more than can be printed.", hint=hint)
