"""Fixed words with slots and plural forms: what the sections of a language file are made of."""

from typing import Any, Self

from pydantic import Field, model_validator

from generator.models.common import Frozen, Line, Sentence, slots_in


def words(description: str, *slots: str) -> Any:
    """A field of fixed words. slots: what its template holds in braces."""
    return Field(description=description, min_length=1, max_length=300, json_schema_extra={"slots": list(slots)})


def forms(description: str, *slots: str) -> Any:
    """A field of plural forms. slots: what each form holds, {count} first; a form for one thing may leave it out."""
    return Field(description=description, json_schema_extra={"slots": list(slots)})


class Plural(Frozen):
    """Forms of a phrase by number."""

    zero: Line | None = Field(None, description="CLDR category zero.")
    one: Line | None = Field(None, description="CLDR category one.")
    two: Line | None = Field(None, description="CLDR category two.")
    few: Line | None = Field(None, description="CLDR category few.")
    many: Line | None = Field(None, description="CLDR category many.")
    other: Line = Field(description="CLDR category other; also stands for those not given.")

    def form(self, category: str) -> str:
        """The form of a CLDR category."""
        found: str | None = getattr(self, category)
        return found or self.other


class Section(Frozen):
    """A group of fixed words. Checks that each template uses its slots."""

    @model_validator(mode="after")
    def _uses_its_slots(self) -> Self:
        for name, info in type(self).model_fields.items():
            extra = info.json_schema_extra
            value = getattr(self, name)
            if not isinstance(extra, dict) or value is None:
                continue
            slots = extra.get("slots")
            wanted = frozenset(str(slot) for slot in slots) if isinstance(slots, list) else frozenset()
            forms = tuple(value.model_dump(exclude_none=True).values()) if isinstance(value, Plural) else ()
            text = value.other if isinstance(value, Plural) else value
            fits = not isinstance(text, str) or slots_in(text) == wanted
            if not fits or any(slots_in(form) - wanted for form in forms):
                listed = ", ".join(f"{{{slot}}}" for slot in sorted(wanted)) or "no slot"
                raise ValueError(f"must use in {name}: {listed}")
        return self


class Led(Frozen):
    """A sentence with a bold beginning."""

    lead: Line = Field(description="Bold words.")
    rest: Sentence = Field(description="What follows.")
