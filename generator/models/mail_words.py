"""The words of the email that carries a pack: the section `mail` of a language, in a file of its own beside it.

The subject and the file's name are seen on locked screens and by whoever shares the mailbox. They have no slot, so they
can name neither the patient nor the clinic.
"""

from generator.models.wording import Section, words


class MailWords(Section):
    """One email. Every sentence stands in the plain text and in the HTML."""

    subject: str = words("Subject; tells nothing of health and names nobody.")
    file_name: str = words(
        "Name of the attached file, plain letters and digits, without .pdf; tells nothing of health."
    )
    greeting: str = words("First line; names nobody.")
    attached: str = words("What is attached.", "clinic")
    sealed: str = words("How a file that is locked with a passphrase is opened.")
    consent: str = words("That the patient agreed to this, and may change their mind.")
    call: str = words("For questions, where the phone takes no text messages.", "phone")
    call_or_text: str = words("For questions, where it does.", "phone")
    urgent: str = words("That email is not for anything urgent.", "number")
    wrong_person: str = words("What to do if it reached the wrong person.", "phone")
    closing: str = words("Last line before the clinic's name.")
