"""Rotation matrices, many at once: the solver and the arrow need dozens of poses in one go."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]


def cos_sin(degrees: Array) -> tuple[Array, Array]:
    """Cosines and sines, rounded, because the last bit of a sine differs between processors and drawings must not."""
    radians = degrees * (np.pi / 180.0)
    return np.cos(radians).round(12), np.sin(radians).round(12)


def about_x(cos: Array, sin: Array) -> Array:
    """Matrices (..., 3, 3) that turn about x, from cosines and sines (...)."""
    out = np.zeros((*cos.shape, 3, 3))
    out[..., 0, 0] = 1.0
    out[..., 1, 1] = out[..., 2, 2] = cos
    out[..., 1, 2] = -sin
    out[..., 2, 1] = sin
    return out


def about_y(cos: Array, sin: Array) -> Array:
    """Matrices (..., 3, 3) that turn about y, from cosines and sines (...)."""
    out = np.zeros((*cos.shape, 3, 3))
    out[..., 1, 1] = 1.0
    out[..., 0, 0] = out[..., 2, 2] = cos
    out[..., 0, 2] = sin
    out[..., 2, 0] = -sin
    return out


def about_z(cos: Array, sin: Array) -> Array:
    """Matrices (..., 3, 3) that turn about z, from cosines and sines (...)."""
    out = np.zeros((*cos.shape, 3, 3))
    out[..., 2, 2] = 1.0
    out[..., 0, 0] = out[..., 1, 1] = cos
    out[..., 0, 1] = -sin
    out[..., 1, 0] = sin
    return out


def rotate_z(degrees: Array) -> Array:
    """Matrices (..., 3, 3) that turn about z by angles (...)."""
    return about_z(*cos_sin(degrees))
