"""What is done at every start: the import types must hold together, the settings in force are recorded."""

import logging
from typing import Any

from sqlalchemy import make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col

from komet_import import types
from komet_import.ledger import audit, database, posting
from komet_import.ledger.audit import Event
from komet_import.ledger.failed_statement import said
from komet_import.ledger.models import AuditEntry
from komet_import.settings import Settings, settings

log = logging.getLogger(__name__)


def require_sound_types() -> None:
    """Raises Refusal `contradictory-type` where a type's declaration cannot hold, or nothing posts it."""
    types.require_sound()
    posting.require(types.ALL.values())


def record_start() -> None:
    """Say in the audit trail that a server starts, with its settings and those that changed since the last.

    A database that is too busy for that keeps no server from starting; the log says so.
    """
    audit.came_from(audit.SERVER)
    try:
        with database.transaction() as session:
            now, earlier = shown(settings()), _last(session)
            changed = sorted(name for name in {*now, *earlier} if now.get(name) != earlier.get(name))
            details: dict[str, Any] = {"settings": now}
            if earlier and changed:
                details["before"] = {name: earlier.get(name) for name in changed}
                details["after"] = {name: now.get(name) for name in changed}
            audit.record(session, what=Event.STARTED, by=None, details=details)
    except SQLAlchemyError as wrong:
        log.warning("That this server starts is not in the audit trail: %s", said(wrong))


def shown(chosen: Settings) -> dict[str, str]:
    """The settings by name, as a person may read them: of secrets only whether there is one."""
    values = {name: str(value) for name, value in chosen.model_dump(mode="json").items()}
    values["smtp_password"] = "set" if chosen.smtp_password.get_secret_value() else ""
    values["database_url"] = make_url(chosen.database).render_as_string(hide_password=True)
    return values


def _last(session: Session) -> dict[str, str]:
    details: dict[str, Any] | None = session.execute(
        select(col(AuditEntry.details))
        .where(col(AuditEntry.action) == Event.STARTED)
        .order_by(col(AuditEntry.id).desc())
        .limit(1)
    ).scalar_one_or_none()
    return dict(details["settings"]) if details else {}
