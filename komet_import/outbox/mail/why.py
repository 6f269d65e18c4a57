"""Why a mail was not sent, in words.

What the outbox keeps of it is English, as it sends for everybody; whoever looks at their mails reads it in
their language. What a mail server itself says stays as it said it.
"""

from komet_import.language import marked
from komet_import.language.kept_texts import Template, retold

LATE_AFTER = marked("did not answer within {waiting:g} seconds")
HUNG_UP_AFTER = marked("hung up")
NO_WORD_AFTER = marked("gave an empty answer")
HAS_IT_BUT = marked("The mail server has the mail but {how}.")
HAS_IT_AND_ANSWERED = marked("The mail server has the mail but answered {answer}.")
PLAIN_LETTERS = marked(
    "The mail server cannot deliver from {sender} to {recipient}: it takes only plain letters in addresses."
)
NO_SENDER = marked("No sender address is set: set KOMET_SMTP_FROM.")
ODD_SENDER = marked("The sender “{sender}” is no mail address: set KOMET_SMTP_FROM.")
ODD_RECIPIENT = marked("“{recipient}” is not a mail address; an Admin can correct it under Users.")
SERVER = marked("The mail server {host}:{port}")
REFUSED_ADDRESS = marked("The mail server refused the address {recipient}: {answer}.")
REFUSED_ACCOUNT = marked("{server} refused the account or its password: {answer}.")
REFUSED_SENDER = marked("{server} refused the sender {sender}: {answer}.")
REFUSED_MAIL = marked("{server} refused the mail: {answer}.")
ANSWERED = marked("{server} answered {answer}.")
OFFERS_NO = marked("{server} offers no {missing}: check KOMET_SMTP_SECURITY and KOMET_SMTP_USER.")
NOT_TRUSTED = marked("{server} shows a certificate that is not trusted: {verify_message}.")
NO_TLS = marked("{server} does not speak TLS as set: check KOMET_SMTP_SECURITY and the port.")
NOT_KNOWN = marked("{server} is not known: check KOMET_SMTP_HOST.")
HUNG_UP = marked("{server} hung up.")
LATE = marked("{server} did not answer within {waited:g} seconds.")
ODD_LETTERS = marked("{server} cannot be used: its name, account or password has unusual letters.")
CANNOT_BE = marked("{server} cannot be {what}: {cause}.")
NOT_WHOLE = marked("{server} answered “{answer}”, which is not a complete answer.")
NO_WORD = marked("{server} gave an empty answer.")
NO_REASON = marked("{code}, without a reason")
SIGN_IN, USED, REACHED = marked("sign-in"), marked("used"), marked("reached")

GIVEN_UP = marked("Failed: the program ended each time while sending it.")
SOMEBODY_ELSE = marked("Somebody else is sending it.")
ENDED_BEFORE = marked("The program ended before the mail server answered.")
UNFORESEEN = marked("It could not be sent: {kind}.")

_SERVER: tuple[Template, ...] = ((SERVER, ""),)
_HOW: tuple[Template, ...] = ((LATE_AFTER, ""), (HUNG_UP_AFTER, ""), (NO_WORD_AFTER, ""))
_ANSWER: tuple[Template, ...] = ((NO_REASON, ""),)
_REASONS: tuple[Template, ...] = tuple(
    (text, "")
    for text in (
        *(HAS_IT_AND_ANSWERED, HAS_IT_BUT, PLAIN_LETTERS, NO_SENDER, ODD_SENDER, ODD_RECIPIENT),
        *(REFUSED_ADDRESS, REFUSED_ACCOUNT, REFUSED_SENDER, REFUSED_MAIL, OFFERS_NO, NOT_TRUSTED),
        *(NOT_WHOLE, NO_WORD, NO_TLS, NOT_KNOWN, HUNG_UP, LATE, ODD_LETTERS, ANSWERED, CANNOT_BE),
        *(GIVEN_UP, SOMEBODY_ELSE, ENDED_BEFORE, UNFORESEEN),
    )
)
"""The first that fits is meant: those that begin with the server's name would fit others too."""


def told(kept: str) -> str:
    """A kept reason in the language of who reads."""
    return retold(kept, _REASONS, {"server": _SERVER, "how": _HOW, "answer": _ANSWER})
