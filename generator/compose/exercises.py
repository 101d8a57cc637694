"""Exercises as cards: slots filled with the prescribed dose and side, suggestions as the gates left them."""

from __future__ import annotations

from collections.abc import Hashable

from generator.blocks import (
    DoseCell,
    ExerciseCard,
    ExerciseFoot,
    Exercises,
    ExerciseTitles,
    LadderLine,
    Span,
    Text,
    plain,
)
from generator.compose.pictures import Pictures
from generator.compose.say import Say, marked
from generator.models.common import Range
from generator.models.exercise import Exercise, Suggestion
from generator.models.library import Library
from generator.models.program import Dose
from generator.models.selection import Kept

_CARDS_KEPT = 20_000
PAIN_TEXT = "pain-over-limit"  # the stop text that an exercise's own pain limit adds to its card


def side_words(say: Say, kept: Kept) -> dict[str, str]:
    """Slots {side} and {other_side}: the prescribed side; where both are prescribed, the side that is drawn."""
    sides = say.words.exercises.side
    side = kept.prescribed.side if kept.prescribed.side in ("left", "right") else kept.exercise.drawn_side or "right"
    return {
        "side": sides.left if side == "left" else sides.right,
        "other_side": sides.right if side == "left" else sides.left,
    }


def _slots(say: Say, kept: Kept, safety_limit: int) -> dict[str, str]:
    slots = side_words(say, kept)
    dose = kept.dose
    if dose.hold_s:
        slots["hold"] = say.seconds(dose.hold_s)
    if dose.time_s:
        slots["time"] = say.seconds(dose.time_s)
    if dose.reps:
        slots["reps"] = say.range(dose.reps)
    limit = kept.exercise.pain_limit if kept.exercise.pain_limit is not None else safety_limit
    slots["pain_limit"] = str(limit)
    return slots


def _fill(say: Say, text: str, slots: dict[str, str]) -> str:
    """A content text with its slots and the emergency number."""
    filled = say.filled(text)
    for slot, value in slots.items():
        filled = filled.replace(f"{{{slot}}}", value)
    return filled


def _steps(say: Say, kept: Kept, slots: dict[str, str]) -> tuple[str, ...]:
    """Steps with their slots; a step whose dose field is not set is left out."""
    fields = {"hold": kept.dose.hold_s, "reps": kept.dose.reps, "time": kept.dose.time_s}
    steps = [
        _fill(say, step.text, slots)
        for step in kept.exercise.steps
        if step.needs is None or fields[step.needs] is not None
    ]
    if kept.prescribed.side == "both":
        steps.append(say.words.exercises.side.then_other)
    return tuple(steps)


# ---- dose


def _counts_holds(dose: Dose) -> bool:
    """One hold a set: then the seconds stand in the place of the reps."""
    return dose.mode == "hold" and dose.hold_s is not None and dose.reps is not None and dose.reps.high == 1


def amount(say: Say, dose: Dose) -> str:
    """Sets by reps, or sets by seconds: 2 × 8, 1 × 45 seconds, 2 × 20 seconds."""
    sets = say.range(dose.sets) if dose.sets else ""
    if dose.mode == "time" and dose.time_s:
        work = _seconds(say, dose.time_s)
    elif dose.hold_s and _counts_holds(dose):
        work = _seconds(say, dose.hold_s)
    else:
        work = say.range(dose.reps) if dose.reps else ""
    if not (sets and work):
        return sets or work
    return say.words.cover.sets_by.format(sets=sets, amount=work)


def _seconds(say: Say, value: Range) -> str:
    """In full where there is room: a range takes the short unit."""
    return say.seconds(value) if value.single else say.short_seconds(value)


def often(say: Say, dose: Dose) -> str:
    """How often: the plan's own words, or days a week, with times a day where there are more than one."""
    units = say.words.units
    if dose.when:
        return dose.when
    days = ""
    if dose.per_week:
        every_day = dose.per_week.single and dose.per_week.low == 7
        days = units.every_day if every_day else say.count(dose.per_week, units.day_a_week)
    if dose.times_a_day and dose.times_a_day.high > 1:
        times = say.count(dose.times_a_day, units.time_a_day)
        return units.both.format(first=times, second=days) if days else times
    return days


def _side_value(say: Say, kept: Kept) -> str:
    sides = say.words.exercises.side
    match kept.prescribed.side:
        case "left":
            return sides.left_value
        case "right":
            return sides.right_value
        case "both":
            return sides.both_value
    return sides.each_way if kept.exercise.laterality == "alternate" else ""


def dose_cells(say: Say, kept: Kept) -> tuple[DoseCell, ...]:
    """The dose strip; what is not prescribed drops."""
    labels, dose = say.words.exercises.dose, kept.dose
    only_hold = _counts_holds(dose)
    values = (
        ("sets", labels.sets, say.range(dose.sets) if dose.sets else ""),
        ("reps", labels.reps, say.range(dose.reps) if dose.reps and not only_hold else ""),
        ("time_s", labels.time, say.short_seconds(dose.time_s) if dose.time_s else ""),
        ("hold_s", labels.hold, say.short_seconds(dose.hold_s) if dose.hold_s else ""),
        ("rest_s", labels.rest, say.short_seconds(dose.rest_s) if dose.rest_s else ""),
        ("per_week", labels.often, often(say, dose)),
        ("side", labels.side, _side_value(say, kept)),
        ("load", labels.load, dose.load or ""),
        ("effort_rpe", labels.effort, say.effort(dose.effort_rpe) if dose.effort_rpe else ""),
        ("weeks", labels.weeks, say.count(dose.weeks, say.words.units.week) if dose.weeks else ""),
        ("tempo", labels.tempo, kept.prescribed.tempo or ""),
    )
    return tuple(DoseCell(key, label, value) for key, label, value in values if value)


def _brief_dose(say: Say, kept: Kept) -> tuple[str, ...]:
    """Lines of the compact card below its headline."""
    compact, sides, dose = say.words.exercises.compact, say.words.exercises.side, kept.dose
    side = {"left": sides.left_side, "right": sides.right_side, "both": sides.both_sides}.get(
        kept.prescribed.side or ""
    )
    if side is None and kept.exercise.laterality == "alternate":
        side = sides.each_way
    weeks = say.count(dose.weeks, say.words.units.week) if dose.weeks else ""
    lines = [
        often(say, dose),
        compact.side_weeks.format(side=side, weeks=weeks) if side and weeks else side or weeks,
        compact.hold.format(value=say.short_seconds(dose.hold_s)) if dose.hold_s and not _counts_holds(dose) else "",
        compact.rest.format(value=say.short_seconds(dose.rest_s)) if dose.rest_s else "",
        compact.load.format(value=dose.load) if dose.load else "",
        compact.effort.format(value=say.effort(dose.effort_rpe)) if dose.effort_rpe else "",
    ]
    return tuple(line for line in lines if line)


# ---- easier, harder, move on, stop


def _suggestion(say: Say, library: Library, suggestion: Suggestion, slots: dict[str, str]) -> str:
    if suggestion.id is not None:
        return say.words.exercises.suggested.format(name=library.exercises[suggestion.id].name)
    return _fill(say, suggestion.text or suggestion.why or "", slots)


def _without(beginning: str, text: str) -> str | None:
    """The text without its beginning, None if it begins otherwise."""
    return text[len(beginning) :].strip() if text.startswith(beginning) else None


def _joined(first: str, second: str, template: str) -> str | None:
    """Two stop signs as one line, None where that would read badly: what both end with is said once, at the end."""
    head, comma, tail = first.rstrip(".").rpartition(", ")
    if comma and second.rstrip(".").endswith(comma + tail):
        first = head
    if any(mark in first.rstrip(".") for mark in (", ", ". ")) or ". " in second:
        return None
    return template.format(first=first.rstrip("."), second=second.rstrip(".")).rstrip(".") + "."


def _stop_lines(say: Say, library: Library, kept: Kept, slots: dict[str, str]) -> list[LadderLine]:
    words = say.words.exercises
    tags = list(kept.stop_texts)
    if kept.exercise.pain_limit is not None and PAIN_TEXT not in tags:
        tags.append(PAIN_TEXT)
    plain_signs: list[str] = []
    others: list[LadderLine] = []
    for tag in tags:
        text = _fill(say, library.safety.stop_tags[tag], slots)
        rest = _without(words.stop_if, text)
        if rest is None:
            others.append(LadderLine("stop", "", text))
        else:
            plain_signs.append(rest)
    plain_signs.sort(key=lambda sign: (", " in sign, ". " in sign))
    lines: list[LadderLine] = []
    while plain_signs:
        sign = plain_signs.pop(0)
        both = _joined(sign, plain_signs[0], words.stop_or) if plain_signs else None
        if both:
            plain_signs.pop(0)
        lines.append(LadderLine("stop", words.stop_if, both or sign))
    return [*lines, *others]


def _ladder(say: Say, library: Library, kept: Kept, slots: dict[str, str]) -> tuple[LadderLine, ...]:
    words, lines = say.words.exercises, []
    if kept.easier:
        lines.append(LadderLine("easier", words.easier, _suggestion(say, library, kept.easier, slots)))
    if kept.harder:
        lines.append(LadderLine("harder", words.harder, _suggestion(say, library, kept.harder, slots)))
    progress = _fill(say, kept.exercise.progress_when, slots)
    rest = _without(words.move_on, progress)
    lines.append(
        LadderLine("onward", words.move_on if rest is not None else "", rest if rest is not None else progress)
    )
    return (*lines, *_stop_lines(say, library, kept, slots))


# ---- cards


def card(say: Say, library: Library, kept: Kept, number: int, pictures: Pictures, person: int) -> ExerciseCard:
    """One exercise as a card."""
    words, exercise = say.words.exercises, kept.exercise
    slots = _slots(say, kept, library.safety.pain_limit)
    video = exercise.video or ""
    return ExerciseCard(
        number=number,
        exercise=exercise.id,
        name=exercise.name,
        purpose=exercise.purpose,
        picture=pictures.of(kept, person),
        sketch=words.sketch,
        steps=_steps(say, kept, slots),
        brief_steps=tuple(_fill(say, line, slots) for line in exercise.brief_steps),
        dose=dose_cells(say, kept),
        headline=amount(say, kept.dose),
        brief_dose=_brief_dose(say, kept),
        ladder=_ladder(say, library, kept, slots),
        video=video,
        video_label=words.watch,
        video_alt=say.words.alt.video_code.format(exercise=exercise.name, address=video) if video else "",
        practiced_label=words.practiced,
        box_word=say.words.alt.box,
        position=exercise.position,
    )


def foot(say: Say, library: Library, *, videos_page: int | None) -> ExerciseFoot:
    """The stop line of every exercise page, its key words bold."""
    words, safety = say.words.exercises, library.safety
    limit = {"pain_limit": str(safety.pain_limit)}
    strong = tuple(_fill(say, part, limit) for part in safety.stop_line_strong)
    spans: list[Span] = []
    for sentence in safety.stop_line:
        spans += [Span(" ")] if spans else []
        spans += marked(_fill(say, sentence, limit), strong).spans
    videos = words.videos.format(page=videos_page) if videos_page else ""
    return ExerciseFoot(Text(tuple(spans)), say.words.alt.stop, words.effort, videos)


def of_card(kept: Kept) -> tuple[Hashable, ...]:
    """All that a card says, but its number and who is drawn."""
    prescribed = kept.prescribed
    suggestions = (kept.easier is None, kept.harder is None, kept.stop_texts)
    return (id(kept.exercise), prescribed.side, prescribed.tempo, kept.dose, suggestions)


class Cards:
    """The cards of an edition that were composed: patients with the same exercise, dose and side get the same value."""

    def __init__(self) -> None:
        self._cards: dict[Hashable, tuple[Exercise, ExerciseCard]] = {}
        self._feet: dict[int | None, ExerciseFoot] = {}

    def card(
        self, say: Say, library: Library, kept: Kept, number: int, pictures: Pictures, person: int
    ) -> ExerciseCard:
        """See `card`."""
        key = (number, person, *of_card(kept))
        found = self._cards.get(key)
        if found is None:
            if len(self._cards) >= _CARDS_KEPT:
                self._cards.clear()
            found = self._cards[key] = (kept.exercise, card(say, library, kept, number, pictures, person))
        return found[1]

    def foot(self, say: Say, library: Library, *, videos_page: int | None) -> ExerciseFoot:
        """See `foot`."""
        if videos_page not in self._feet:
            self._feet[videos_page] = foot(say, library, videos_page=videos_page)
        return self._feet[videos_page]


def exercises(say: Say, kept: tuple[Kept, ...], cards: tuple[ExerciseCard, ...], foot: ExerciseFoot) -> Exercises:
    """All cards in their order, each with the clinician's note to this patient."""
    words = say.words.exercises
    titles = ExerciseTitles(words.one, words.two, words.many, words.glance, words.plain)
    notes = tuple([plain(one.prescribed.note, personal=True) if one.prescribed.note else None for one in kept])
    return Exercises(titles, cards, notes, foot)
