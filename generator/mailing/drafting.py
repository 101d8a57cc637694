"""Plans → drafts: one for each pack whose patient has agreed. Each refusal has its place; good neighbors go through."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Final, Literal

from generator.deliver.keys import plan_digest, whole_digest
from generator.deliver.ledger import LedgerEntry
from generator.deliver.mail.addresses import BadAddress, checked_address
from generator.deliver.mail.message import Letter, letter, new_message_id
from generator.deliver.mail.outbox import Message, Outbox, maybe_out, new_id, now, open_of
from generator.deliver.mail.passphrase import new_passphrase
from generator.deliver.mail.settings import MEGABYTE, MailSettings
from generator.errors import HandoutsError, PlanError
from generator.inputs.rosters import read_roster
from generator.mailing.consent import agreed, in_words
from generator.mailing.packs import Packs
from generator.models.library import Library
from generator.models.plan import Plan
from generator.values import dataclass

GROUP: Final = 250
"""Drafts in one transaction: a sync for each would take most of the time."""

BASE64: Final = 78 / 57
"""Size in a message of what is attached: 57 bytes are 76 characters and a line's end."""

HEAD_ROOM: Final = 20_000
DEFAULT_LARGEST: Final = int(MailSettings.model_fields["largest_mb"].default * MEGABYTE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run asks for. as_of: today. encrypt: every file. again: also what was sent before."""

    as_of: date
    encrypt: bool = False
    again: bool = False
    domain: str | None = None
    largest: int = DEFAULT_LARGEST


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft, new or as it stood before."""

    message: Message
    state: Literal["drafted", "standing"]


@dataclass(slots=True)
class Drafts:
    """What came of a run, in the order of the plans."""

    drafted: list[Drafted] = field(default_factory=list)
    errors: list[HandoutsError] = field(default_factory=list)


def plans_of(
    paths: Iterable[Path], library: Library, errors: list[HandoutsError], shown: Callable[[Path], str]
) -> list[Plan]:
    """All plans of plan files, rosters and folders; what is refused goes into `errors`. shown: a path as written."""
    plans: list[Plan] = []
    for path in paths:
        try:
            roster = read_roster(path, library, shown=shown(path))
        except HandoutsError as problem:
            errors += getattr(problem, "errors", (problem,))
            continue
        plans += roster.plans
        errors += [error for row in roster.refused for error in row.errors]
    return plans


def draft(outbox: Outbox, packs: Packs, plans: Iterable[Plan], library: Library, wanted: Wanted) -> Drafts:
    """A draft for each plan whose patient has agreed and whose pack is whole and current."""
    drafting = _Drafting(outbox, packs, library, wanted)
    result, pending = Drafts(), list(plans)
    for start in range(0, len(pending), GROUP):
        with outbox.transaction():
            for plan in pending[start : start + GROUP]:
                try:
                    result.drafted.append(drafting.one(plan))
                except HandoutsError as problem:
                    result.errors += getattr(problem, "errors", (problem,))
    return result


class _Drafting:
    """One run; remembers the words of each language and brand, and the hash of each file of plans."""

    def __init__(self, outbox: Outbox, packs: Packs, library: Library, wanted: Wanted) -> None:
        self.outbox, self.packs, self.library, self.wanted = outbox, packs, library, wanted
        self._letters: dict[tuple[str, str, bool], Letter] = {}
        self._sources: dict[str, tuple[str, str]] = {}

    def one(self, plan: Plan) -> Drafted:
        """The draft of one plan. Raises PlanErrors, each with its place; then the outbox is as it was."""
        sealed = self.wanted.encrypt or (plan.email is not None and plan.email.encrypted)
        email = agreed(plan, as_of=self.wanted.as_of, sealed=sealed)
        try:
            address = checked_address(email.address)
        except BadAddress as problem:
            raise BadAddress(problem.message, hint=problem.hint, place=plan.places.at("email", "address")) from None
        brand, words = self._words(plan, sealed=sealed)
        entry, _ = self.packs.of_plan(plan)
        if entry.size * BASE64 + HEAD_ROOM > self.wanted.largest:
            size, most = entry.size * BASE64 / MEGABYTE, self.wanted.largest / MEGABYTE
            message = f"The pack is too large for email: {size:.0f} MB as it is mailed, {most:.0f} MB is the most."
            raise PlanError(message, hint="Print it, or leave out inserts.", place=plan.places.at())
        new = self._message(plan, entry, address, in_words(email), words, brand, sealed=sealed)
        return self._entered(plan, new, words)

    def _entered(self, plan: Plan, new: Message, words: Letter) -> Drafted:
        """Takes the draft up, unless it stands already or must not be."""
        earlier = self.outbox.of_plan(new.plan_digest)
        if undecided := maybe_out(earlier):
            hint = f"Find out, then: handouts mail resolve {undecided[-1].id} --was sent|not-sent --by NAME."
            raise PlanError("An earlier message to this patient may have gone out.", hint=hint, place=plan.places.at())
        for standing in open_of(earlier):
            if _same(standing, new):
                return Drafted(standing, "standing")
            self.outbox.step(standing, "stale", note="drafted anew")
        sent = [one for one in earlier if one.state == "sent" and one.sha256 == new.sha256]
        if sent and not self.wanted.again:
            hint = f"See handouts mail show {sent[-1].id}. To mail it once more, draft it with --again."
            raise PlanError("This pack was mailed to this patient before.", hint=hint, place=plan.places.at())
        self.outbox.add(new, words, note="once more" if sent else "")
        return Drafted(new, "drafted")

    def _message(
        self, plan: Plan, entry: LedgerEntry, address: str, consent: str, words: Letter, brand: str, *, sealed: bool
    ) -> Message:
        source, source_sha256 = self._source(plan)
        chosen = self.library.brands[brand]
        domain = self.wanted.domain or chosen.site_link.removeprefix("https://").split("/")[0].split(":")[0]
        return Message(
            id=self._free_id(),
            pack_id=entry.pack_id,
            plan_digest=plan_digest(self.packs.key, plan.id),
            whole_digest=whole_digest(self.packs.key, plan),
            sha256=entry.sha256,
            size=entry.size,
            source=source,
            source_sha256=source_sha256,
            name=plan.name,
            address=address,
            consent=consent,
            letter=words.key,
            clinic=chosen.name,
            passphrase=new_passphrase() if sealed else None,
            message_id=new_message_id(domain),
            made_at=now(),
        )

    def _words(self, plan: Plan, *, sealed: bool) -> tuple[str, Letter]:
        """The brand's id and the words of a message in the plan's language."""
        brand = plan.brand or next(iter(self.library.brands))
        key = (plan.language, brand, sealed)
        if key not in self._letters:
            language = self.library.languages[plan.language]
            if language.mail is None:
                hint = f"Copy handouts/language/mail.en.yaml to mail.{language.code}.yaml and translate it."
                where = plan.places.at("language")
                raise PlanError("There are no words for emails in this plan's language.", hint=hint, place=where)
            self._letters[key] = letter(language, language.mail, self.library.brands[brand], sealed=sealed)
        return brand, self._letters[key]

    def _source(self, plan: Plan) -> tuple[str, str]:
        """Path and SHA-256 of the file that the plan stands in."""
        file = plan.places.file
        if file not in self._sources:
            path = Path(file).resolve()
            try:
                self._sources[file] = (str(path), hashlib.sha256(path.read_bytes()).hexdigest())
            except OSError as problem:
                raise PlanError("The plan's file cannot be read any more.", place=plan.places.at()) from problem
        return self._sources[file]

    def _free_id(self) -> str:
        id_ = new_id()
        while self.outbox.holds(id_):
            id_ = new_id()
        return id_


def _same(one: Message, other: Message) -> bool:
    """Whether two messages say the same to the same address, with the same file."""
    alike = ("whole_digest", "sha256", "address", "letter", "clinic", "name")
    return all(getattr(one, name) == getattr(other, name) for name in alike)
