"""Open credits: each becomes a balance adjustment of its customer (docs/komet-sales.md §1)."""

from komet_import.ledger.posting.documents import prepare

__all__ = ["prepare"]
