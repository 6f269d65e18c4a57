"""Open invoices: each becomes a balance adjustment of its customer, on the side of what the customer owes."""

from komet_import.ledger.posting.documents import prepare

__all__ = ["prepare"]
