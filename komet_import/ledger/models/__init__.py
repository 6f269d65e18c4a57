"""The tables. Amounts are whole thousandths, timestamps are UTC, credit dates are plain days.

Codes are compared without case (docs/komet-sales.md §3), so a code is kept as it was written beside its key
(`types.codes.code_key`). Posted adjustments are immutable: triggers of the first migration see to it.
"""

from komet_import.clock import now
from komet_import.ledger.models.batches import (
    BY_MEMORY,
    Batch,
    BatchEffect,
    BatchFile,
    BatchStatus,
    DroppedRow,
    Edit,
    UnpostedRow,
)
from komet_import.ledger.models.directory import ClosedMonth, Customer, CustomerLocation, Facts, Location
from komet_import.ledger.models.memory import ReadingMemory, ValueMemory
from komet_import.ledger.models.messages import Message, MessageStatus
from komet_import.ledger.models.people import (
    SignInAttempt,
    SignInTicket,
    TrustedBrowser,
    User,
    UserRole,
    UserSession,
)
from komet_import.ledger.models.postings import (
    OWN_OPPOSITE,
    Adjustment,
    Claim,
    Opposite,
    RequestState,
    ReversalRequest,
)
from komet_import.ledger.models.trail import AuditEntry, AuditHead, AuditSeal

__all__ = [
    "BY_MEMORY",
    "OWN_OPPOSITE",
    "Adjustment",
    "AuditEntry",
    "AuditHead",
    "AuditSeal",
    "Batch",
    "BatchEffect",
    "BatchFile",
    "BatchStatus",
    "Claim",
    "ClosedMonth",
    "Customer",
    "CustomerLocation",
    "DroppedRow",
    "Edit",
    "Facts",
    "Location",
    "Message",
    "MessageStatus",
    "Opposite",
    "ReadingMemory",
    "RequestState",
    "ReversalRequest",
    "SignInAttempt",
    "SignInTicket",
    "TrustedBrowser",
    "UnpostedRow",
    "User",
    "UserRole",
    "UserSession",
    "ValueMemory",
    "now",
]
