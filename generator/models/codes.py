"""What a clinic's codes and words for activities mean: exercises, programs and handouts of the library.

Records from elsewhere (FHIR) name activities by the codes and words of their own system. Which exercise is meant is the
clinic's to say, in `handouts/codes.yaml`; what does not stand there is reported and never guessed.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from generator.models.common import Frozen, Id, LanguageCode, Line, Name, Sentence

System = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^\S+$")]
CodeText = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^\S(.*\S)?$")]
TimeCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9.]{0,19}$")]
Target = Literal["exercise", "program", "handout"]
TARGETS: tuple[Target, ...] = ("exercise", "program", "handout")


class Code(Frozen):
    """A code of a code system."""

    system: System = Field(description="Address of the code system, such as http://snomed.info/sct.")
    code: CodeText = Field(description="The code itself.")


class Activity(Frozen):
    """What one code, or the words of an activity, stand for."""

    system: System | None = Field(None, description="With code: address of the code system.")
    code: CodeText | None = Field(None, description="Code of the activity.")
    text: Line | None = Field(None, description="Words of the activity, instead of a code. Case does not matter.")
    exercise: Id | None = Field(None, description="Exercise that is meant.")
    program: Id | None = Field(None, description="Program that is meant.")
    handout: Id | None = Field(None, description="Handout that is meant.")
    side: Literal["left", "right", "both"] | None = Field(None, description="Side that is meant with the exercise.")
    ignore: Sentence | None = Field(None, description="Why the activity gives nothing for the pack, instead of an id.")

    @model_validator(mode="after")
    def _one_name_one_meaning(self) -> Self:
        if (self.text is None) == (self.code is None) or (self.code is None) != (self.system is None):
            raise ValueError("needs either system and code, or text")
        meanings = [self.exercise, self.program, self.handout, self.ignore]
        if sum(meaning is not None for meaning in meanings) != 1:
            raise ValueError("needs exactly one of exercise, program, handout and ignore")
        if self.side is not None and self.exercise is None:
            raise ValueError("gives a side but no exercise")
        return self

    @property
    def target(self) -> tuple[Target, str] | None:
        """What is meant: its kind and id. None if the activity is ignored."""
        for kind in TARGETS:
            id = getattr(self, kind)
            if id is not None:
                return kind, id
        return None


class SideCode(Code):
    """A code of a side of the body."""

    side: Literal["left", "right", "both"] = Field(description="Side that it means.")


class CodeTable(Frozen):
    """The table of a clinic's codes."""

    id: Literal["codes"] = Field(description="Always codes.")
    version: int = Field(1, ge=1, le=9999, description="Goes up with any change.")
    exercise_requests: tuple[Code, ...] = Field(
        description="Codes or categories of requests that are about exercises. Each of them must mean something below."
    )
    activities: tuple[Activity, ...] = Field((), description="What codes and words of activities stand for.")
    sides: tuple[SideCode, ...] = Field((), description="Codes of sides of the body.")
    times: dict[TimeCode, dict[LanguageCode, Name]] = Field(
        default_factory=dict, description="Time of day by its FHIR code: the words for the patient in each language."
    )
    second_id: dict[LanguageCode, Name] = Field(
        default_factory=dict, description="Second identifier in each language; {birth_date} is the day of birth."
    )
    record_number: System | None = Field(
        None, description="System of the identifier that is the record number; else the one of type MR."
    )

    @model_validator(mode="after")
    def _each_name_once(self) -> Self:
        names = [activity_key(one.system, one.code, one.text) for one in self.activities]
        if len(set(names)) < len(names):
            raise ValueError("lists a code or text twice under activities")
        return self


def activity_key(system: str | None, code: str | None, text: str | None) -> tuple[str, str]:
    """What an activity is found by: its code, or its words without regard to case and spaces."""
    return ("", " ".join((text or "").casefold().split())) if code is None else (system or "", code)
