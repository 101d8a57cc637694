"""Rotation matrices, many at once: the solver and the arrow need dozens of poses in one go."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]


def _cos_sin(degrees: Array) -> tuple[Array, Array]:
    # Rounded, because the last bit of a sine differs between processors and drawings must not.
    radians: Array = degrees * (np.pi / 180.0)
    return np.asarray(np.round(np.cos(radians), 12)), np.asarray(np.round(np.sin(radians), 12))


def rotate_x(degrees: Array) -> Array:
    """Matrices (..., 3, 3) that turn about x by angles (...)."""
    cos, sin = _cos_sin(degrees)
    out = np.zeros((*np.shape(degrees), 3, 3))
    out[..., 0, 0] = 1.0
    out[..., 1, 1] = out[..., 2, 2] = cos
    out[..., 1, 2] = -sin
    out[..., 2, 1] = sin
    return out


def rotate_y(degrees: Array) -> Array:
    """Matrices (..., 3, 3) that turn about y by angles (...)."""
    cos, sin = _cos_sin(degrees)
    out = np.zeros((*np.shape(degrees), 3, 3))
    out[..., 1, 1] = 1.0
    out[..., 0, 0] = out[..., 2, 2] = cos
    out[..., 0, 2] = sin
    out[..., 2, 0] = -sin
    return out


def rotate_z(degrees: Array) -> Array:
    """Matrices (..., 3, 3) that turn about z by angles (...)."""
    cos, sin = _cos_sin(degrees)
    out = np.zeros((*np.shape(degrees), 3, 3))
    out[..., 2, 2] = 1.0
    out[..., 0, 0] = out[..., 1, 1] = cos
    out[..., 0, 1] = -sin
    out[..., 1, 0] = sin
    return out
