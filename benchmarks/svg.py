"""An exercise picture as SVG, so that Typst can set the very same picture: our operators, said in SVG's words."""

from __future__ import annotations

import re
from itertools import count

from generator.figures.picture import Drawing

_TOKEN = re.compile(r"\[[^\]]*\]|[^\s\[\]]+")
_VALUES = {"m": 2, "l": 2, "c": 6}


def _rgb(operands: list[str]) -> str:
    return "#" + "".join(f"{round(float(value) * 255):02x}" for value in operands[-3:])


def as_svg(drawing: Drawing) -> str:
    """The whole drawing; understands just the operators that `figures.ink` writes."""
    out: list[str] = []
    path: list[str] = []
    operands: list[str] = []
    state = {"fill": "#000", "stroke": "#000", "width": "1", "dash": "", "clip": ""}
    saved: list[dict[str, str]] = []
    scale, names, clipping = 1.0, count(), False

    def draw(attributes: str) -> None:
        clip = f' clip-path="url(#{state["clip"]})"' if state["clip"] else ""
        out.append(f'<path d="{" ".join(path)}" {attributes}{clip}/>')

    for token in _TOKEN.findall(drawing.operators.decode("ascii")):
        if re.match(r"[-.\d\[]", token):
            operands.append(token)
            continue
        match token:
            case "m" | "l" | "c":
                path.append(f"{token.upper()} {' '.join(operands[-_VALUES[token] :])}")
            case "h":
                path.append("Z")
            case "rg":
                state["fill"] = _rgb(operands)
            case "RG":
                state["stroke"] = _rgb(operands)
            case "w":
                state["width"] = operands[-1]
            case "d":
                state["dash"] = operands[-2].strip("[]")
            case "q":
                saved.append(dict(state))
            case "Q":
                state = saved.pop()
            case "cm":
                scale = float(operands[0])
            case "W":
                clipping = True
            case "f":
                draw(f'fill="{state["fill"]}" stroke="none"')
            case "S":
                dash = f' stroke-dasharray="{state["dash"]}"' if state["dash"] else ""
                draw(f'fill="none" stroke="{state["stroke"]}" stroke-width="{state["width"]}"{dash}')
            case "n" if clipping:
                state["clip"] = f"c{next(names)}"
                out.append(f'<clipPath id="{state["clip"]}"><path d="{" ".join(path)}"/></clipPath>')
                clipping = False
        if token in ("f", "S", "n"):
            path.clear()
        operands.clear()
    frame = f'width="{drawing.width:g}" height="{drawing.height:g}" viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    turned = f'<g transform="translate(0 {drawing.height:g}) scale({scale:g} -{scale:g})"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{turned} stroke-linejoin="round" stroke-linecap="round">'
        f"{''.join(out)}</g></svg>"
    )
