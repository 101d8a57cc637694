"""The full list of warning signs, by urgency."""

from __future__ import annotations

from generator.blocks import HelpBlock, HelpGroup, plain
from generator.compose.say import Say, marked
from generator.models.brand import Brand
from generator.models.evidence import Evidence


def help_block(say: Say, evidence: Evidence, brand: Brand, red_flags: tuple[str, ...]) -> HelpBlock:
    """ "When to get help" for these warning signs, most urgent first; a group without signs drops."""
    words, alt = say.words.help, say.words.alt
    icons = {"emergency": alt.emergency, "same-day": alt.care, "same-week": alt.week}
    groups = []
    for urgency, title in evidence.red_flag_groups.items():
        flags = [evidence.red_flags[flag] for flag in red_flags if evidence.red_flags[flag].urgency == urgency]
        if not flags:
            continue
        emergency = urgency == "emergency"
        groups.append(
            HelpGroup(
                urgency=urgency,
                word=say.filled(title),
                signs=tuple(marked(say.filled(flag.wording), flag.strong) for flag in flags),
                icon=icons[urgency],
                number=say.number if emergency else "",
                phone="" if emergency else brand.phone,
                phone_link="" if emergency else brand.phone_link,
            )
        )
    end = words.end.format(sentence=evidence.red_flag_end.rstrip(), phone=brand.phone)
    question = evidence.red_flag_end.partition("?")[0] + "?"
    return HelpBlock(
        title=words.title,
        lead=plain(words.lead),
        groups=tuple(groups),
        end=marked(end, (question, brand.phone)),
        end_link=brand.phone_link,
        continued=words.continued,
    )
