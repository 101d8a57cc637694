"""What a solved pose came to, in numbers for its author: missed contacts, angles, lean and balance."""

from __future__ import annotations

from collections.abc import Iterator

from generator.figures import body
from generator.figures.measures import trunk_lean
from generator.figures.solved import SolvedPanel, SolvedPose

_SHOWN = 0.05
"""Smallest angle to print, in degrees: what rounds to zero in the solved pose is left out."""
_MISS = 0.3
"""Smallest miss of a contact to print, in cm."""


def report(solved: SolvedPose) -> list[str]:
    """Lines to print, by picture: lean of the trunk and joint angles in degrees, contacts missed in cm."""
    lines = []
    for name, panel in zip(solved.pose.panels, solved.panels, strict=True):
        lines.append(f"  {name}: trunk lean {trunk_lean(panel):.0f}")
        lines += [f"    {text}" for text in _angle_lines(panel)]
        lines += [f"    missed {miss:.1f} cm: {label}" for label, miss in panel.misses if miss >= _MISS]
    return lines


def _angle_lines(panel: SolvedPanel) -> Iterator[str]:
    for joint, motions in body.JOINTS.items():
        angles = [(motion, panel.angle(f"{joint}.{motion}")) for motion in motions]
        shown = [f"{motion} {value:.0f}" for motion, value in angles if abs(value) >= _SHOWN]
        if shown:
            yield f"{joint}: {', '.join(shown)}"
