"""All rules together: to explain one, and to write the page of the docs about them."""

from __future__ import annotations

from difflib import get_close_matches

from generator.checks import (
    age,
    claims,
    codes,
    contrast,
    dose,
    files,
    glyphs,
    pictures,
    plain,
    red_flags,
    review,
    safety,
    screening,
    sheet,
    sign_off,
    silence,
    suggestions,
)
from generator.checks.rule import Rule
from generator.errors import UsageError

FAMILIES = {
    "S": "Screening and safety",
    "A": "Age",
    "V": "Review and sign-off",
    "D": "Doses and sides",
    "K": "The exercise sheet",
    "F": "Warning signs",
    "L": "Plain language",
    "E": "Claims and sources",
    "P": "Print",
    "Q": "Silenced places",
    "M": "Inserts",
    "X": "Files",
}
_MODULES = (
    *(screening, safety, dose, suggestions),
    *(age, review, sign_off, sheet, red_flags),
    *(plain, claims, contrast, codes, glyphs, pictures, silence, files),
)

ABOUT = """# Rules

Every pack, and all shared content, passes these rules. An **error** refuses: nothing of the pack is written. A
**warning** is printed and the pack is made. A **note** is for the record. `handouts check --explain CODE` tells a
rule's reason and source.

One rule can be silenced at one place, with a written reason, in `handouts/silenced.yaml`; none can be silenced
everywhere. A rule with † opens in a way of its own, which names a person or prints a mark, and not by a silence:

{firm}

    silenced:
      - {{code: L01, file: handouts/topics/rolling.yaml, key: blocks.3.text, reason: A quotation., by: Dana Reyes}}
"""


def all_rules() -> tuple[Rule, ...]:
    """Every rule, by family and code."""
    families = list(FAMILIES)
    rules = [rule for module in _MODULES for rule in module.RULES]
    return tuple(sorted(rules, key=lambda rule: (families.index(rule.code[0]), rule.code)))


def explain(code: str) -> str:
    """A rule in words. Raises UsageError for a code that does not exist."""
    rules = {rule.code: rule for rule in all_rules()}
    rule = rules.get(code.upper())
    if rule is None:
        near = get_close_matches(code.upper(), rules, 1, 0.6)
        hint = f"Did you mean {near[0]}?" if near else f"Codes run from {min(rules)} to {max(rules)}."
        raise UsageError("There is no rule of that code.", hint=hint)
    way = f"\nNot to be silenced. {silence.FIRM[rule.code]}" if rule.code in silence.FIRM else ""
    return f"{rule.code} ({rule.severity}): {rule.title}\nWhy: {rule.reason}\nSource: {rule.source}{way}"


def rules_page() -> str:
    """The page of the docs, as Markdown."""
    parts = [ABOUT.format(firm="\n".join(f"- {code}: {way}" for code, way in silence.FIRM.items()))]
    for family, name in FAMILIES.items():
        parts.append(f"## {name}\n")
        parts.append("| Code | Severity | Rule | Why | Source |\n|---|---|---|---|---|")
        rows = [rule for rule in all_rules() if rule.code[0] == family]
        cells = ((_marked(rule), rule.severity, rule.title, rule.reason, rule.source) for rule in rows)
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in cells) + "\n")
    return "\n".join(parts)


def _marked(rule: Rule) -> str:
    """A rule's code, marked if no silence opens it."""
    return f"{rule.code}†" if rule.code in silence.FIRM else rule.code
