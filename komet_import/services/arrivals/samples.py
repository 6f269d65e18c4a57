"""The sample that people fill in, with this company's codes in its lists."""

from sqlmodel import Session

from komet_import.language import _
from komet_import.ledger import database, posting
from komet_import.refusal import Refusal
from komet_import.review.reference import Directory
from komet_import.services.draft.facts import directory_now
from komet_import.services.rights import Asking, require_asking
from komet_import.sheets.workbooks.lists import SampleCustomer
from komet_import.sheets.workbooks.sample import write_sample
from komet_import.types import ImportType


def sample(user: Asking, type: ImportType, *, with_existing: bool = False) -> bytes:
    """The sample workbook of a type, with this company's codes in its lists.

    `with_existing` fills it with every record that exists, for a type whose import is an update.
    Raises Refusal `no-right`, and `no-existing-records` for a type that has none to offer.
    """
    with database.reading() as session:
        require_asking(session, user, type)
        if with_existing and type.once:
            raise Refusal(
                "no-existing-records",
                _("The {title} sample has no existing records to fill in.", title=_(type.title)),
            )
        directory, _known = directory_now(session)
        existing = _existing(session, type, directory) if with_existing else None
    by_id = directory.locations_by_id
    customers = [
        SampleCustomer(
            code=c.code,
            name=c.name,
            location=min((by_id[i].code for i in c.locations if i in by_id), default=""),
        )
        for c in sorted(directory.customers.values(), key=lambda c: c.code)
        if c.active
    ]
    locations = sorted((known.code, known.name) for known in directory.locations.values())
    return write_sample(type, customers=customers, locations=locations, existing=existing)


def _existing(session: Session, type: ImportType, directory: Directory) -> list[dict[str, str]]:
    """Every record that exists, by the headers of its type."""
    names = {column.meaning: column.name for column in type.columns}
    return [
        {names[meaning]: text for meaning, text in record.items() if meaning in names}
        for record in posting.of(type).existing(session, directory)
    ]
