"""Who may sign in, and from where they have."""

from datetime import datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from komet_import.clock import now
from komet_import.ledger.models.keys import BIG


class User(SQLModel, table=True):
    """A person who may sign in. `username_key` is the name without case; `password_hash` is bcrypt.

    `language` is the code of the one they have chosen; empty for what their browser asks for, which was
    `met_language` when they signed in last: their mails have no browser (`language/current`).
    `zone` is the name of their time zone, as the browser said it in which they signed in last; empty is UTC.
    """

    __tablename__ = "app_user"

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(max_length=64)
    username_key: str = Field(max_length=192, unique=True)
    name: str = Field(max_length=100)
    email: str = Field(max_length=254)
    password_hash: str = Field(max_length=100)
    active: bool = True
    created_at: datetime = Field(default_factory=now)
    password_changed_at: datetime = Field(default_factory=now)
    language: str = Field(default="", max_length=10)
    met_language: str = Field(default="", max_length=10)
    zone: str = Field(default="", max_length=64)


class UserRole(SQLModel, table=True):
    """A role that a user holds (`types.Role`)."""

    __tablename__ = "user_role"

    user_id: int = Field(foreign_key="app_user.id", primary_key=True)
    role: str = Field(max_length=50, primary_key=True)


class UserSession(SQLModel, table=True):
    """A signed-in browser, known by the SHA-256 of its cookie."""

    __tablename__ = "user_session"

    token_hash: str = Field(max_length=64, primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    created_at: datetime = Field(default_factory=now)
    seen_at: datetime = Field(default_factory=now)
    expires_at: datetime = Field(index=True)


class SignInTicket(SQLModel, table=True):
    """A one-time ticket that turns a checked password into a cookie of the browser that typed it."""

    __tablename__ = "sign_in_ticket"

    token_hash: str = Field(max_length=64, primary_key=True)
    user_id: int = Field(foreign_key="app_user.id")
    browser_hash: str = Field(max_length=64)
    expires_at: datetime = Field(index=True)


class SignInAttempt(SQLModel, table=True):
    """A password that is being checked, or was wrong; too many of them make the next ones wait.

    `guard` says whose counter it is on (`access/throttle`): empty for a browser that the account has never
    signed in from. While `failed` is False the answer is not known yet.
    """

    __tablename__ = "sign_in_attempt"

    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    guard: str = Field(default="", max_length=80, index=True)
    username_key: str = Field(max_length=192, index=True)
    address: str = Field(max_length=64, index=True)
    failed: bool = False
    at: datetime = Field(default_factory=now, index=True)


class TrustedBrowser(SQLModel, table=True):
    """A browser that a user has signed in from, known by the SHA-256 of a cookie that outlives the session.

    Several users may share a browser: then several rows have one cookie.
    """

    __tablename__ = "trusted_browser"
    __table_args__ = (UniqueConstraint("token_hash", "user_id", name="uq_trusted_browser"),)

    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    token_hash: str = Field(max_length=64)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    created_at: datetime = Field(default_factory=now)
    seen_at: datetime = Field(default_factory=now)
    expires_at: datetime = Field(index=True)
