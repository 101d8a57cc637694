"""Consent: nothing is mailed without a patient's dated yes.

HHS allows unencrypted email to a patient who was told of the risk and still prefers it. So a file that is not encrypted
needs that noted, too.
"""

from __future__ import annotations

from datetime import date

from generator.errors import PlanError
from generator.models.plan import EmailConsent, Plan


class NoConsent(PlanError):
    """The patient has not agreed to this, as far as the plan says."""


def agreed(plan: Plan, *, as_of: date, sealed: bool) -> EmailConsent:
    """The plan's email part, if it allows a message. sealed: the file will be encrypted. Raises NoConsent."""
    email = plan.email
    if email is None:
        hint = "Ask the patient. Then add email: {address, consent: yes, date, how}."
        raise NoConsent("No consent to email is recorded.", hint=hint, place=plan.places.at())
    if not email.consent:
        raise NoConsent(
            "The patient has not agreed to email.", hint="Print the pack.", place=plan.places.at("email", "consent")
        )
    if email.date is None or email.date > as_of:
        hint = "Write down the day on which the patient said yes."
        raise NoConsent("The consent is not dated, or in the future.", hint=hint, place=plan.places.at("email", "date"))
    if email.how is None:
        hint = 'Add how, such as "signed form" or "said so at the visit".'
        raise NoConsent("How the consent was given is not recorded.", hint=hint, place=plan.places.at("email"))
    if not sealed and not email.unencrypted_warning_noted:
        hint = "Tell the patient and add unencrypted_warning_noted: yes. Or encrypt the file: --encrypt."
        where = plan.places.at("email")
        raise NoConsent("The patient was not told that plain email can be read by others.", hint=hint, place=where)
    return email


def in_words(email: EmailConsent) -> str:
    """A consent for the record."""
    told = ", told of the risk of plain email" if email.unencrypted_warning_noted else ""
    return f"{email.date}: {email.how}{told}"
