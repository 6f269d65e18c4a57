"""Every setting, typed, in one place: KOMET_* variables, then `.streamlit/secrets.toml` under [komet].

A wrong value stops the start with one sentence that names the setting. The README's table is generated
from nothing: a test compares it with the fields below.
"""

from decimal import Decimal
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from komet_import import currencies
from komet_import.language import _, marked

ROOT = Path(__file__).resolve().parent.parent
SECRETS = ROOT / ".streamlit" / "secrets.toml"


class SettingsError(Exception):
    """A setting has a value that cannot be used; exists so that a start ends in one sentence."""


class Settings(BaseSettings):
    """The settings of one running Komet Import. Sizes are in megabytes, times in the unit of the name."""

    model_config = SettingsConfigDict(env_prefix="KOMET_", extra="ignore", frozen=True)

    database_url: str = Field("", description="Database; empty means SQLite in the data folder")
    data_dir: Path = Field(ROOT / "data", description="Folder of the embedded database")
    public_url: str = Field(
        "http://localhost:8501",
        description="Address that people use and mails link to; `https://…` behind TLS",
    )
    company: str = Field(marked("Your company"), description="Name shown in the app and in mails")
    currency: str = Field("USD", description="Currency of the ledger, as its code of three letters")
    demo: bool = Field(False, description="Show the demo users on the sign-in page")

    max_upload_mb: int = Field(20, ge=1, le=200, description="Largest file that is read")
    max_rows: int = Field(100_000, ge=1, le=1_000_000, description="Most rows of a sheet")
    max_columns: int = Field(200, ge=1, le=16_384, description="Most columns of a sheet")
    # 100,000 rows of 25 columns: they are read within 10 s and 300 MB on a small server.
    max_cells: int = Field(2_500_000, ge=1, description="Most filled cells of a sheet")
    amount_ceiling: Decimal = Field(
        Decimal("1000000"), gt=0, le=Decimal("1000000000"), description="Largest amount of one row"
    )

    approval: Literal["never", "overridden", "above", "always"] = Field(
        "never",
        description="When a second person must approve an import of money: `never`; `overridden`, where its "
        "control total does not match; `above`, also where it is more than the next setting says; `always`. "
        "By `above` and `always` a reversal of money as well",
    )
    approval_above: Decimal = Field(
        Decimal("10000"),
        ge=0,
        le=Decimal("1000000000000"),
        description="The amount of `above`; what was imported of the same file before without a second "
        "person counts with it",
    )

    control_totals: Literal["never", "above", "always"] = Field(
        "never",
        description="When control totals (rows and money) must be given before an import of money: `never`; "
        "`above`, where it is more than the next setting says; `always`",
    )
    control_totals_above: Decimal = Field(
        Decimal("10000"), ge=0, le=Decimal("1000000000000"), description="The amount of `above`"
    )

    session_hours: int = Field(12, ge=1, le=24 * 30, description="A session ends after this time unused")

    smtp_host: str = Field("", description="Mail server; empty means that mails stay in Messages")
    smtp_port: int = Field(587, ge=1, le=65_535, description="Port of the mail server")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection is encrypted"
    )
    smtp_user: str = Field("", description="Mail account, where the server asks for one")
    smtp_password: SecretStr = Field(SecretStr(""), description="Its password")
    smtp_from: str = Field("", description="Sender address; empty means the mail account")
    # RFC 5321 (section 4.5.3.2) asks for these 5 minutes, and for 10 after the content.
    smtp_timeout_seconds: float = Field(
        300,
        gt=0,
        le=300,
        description="Longest wait for an answer of the mail server; twice as long after a mail",
    )

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    @field_validator("currency")
    @classmethod
    def _is_a_currency(cls, value: str) -> str:
        if value.upper() not in currencies.CODES:
            raise ValueError("must be the code of a currency, such as USD or EUR")
        return value.upper()

    @field_validator("database_url")
    @classmethod
    def _uses_a_known_driver(cls, value: str) -> str:
        value = value.replace("postgres://", "postgresql://", 1)
        value = value.replace("postgresql://", "postgresql+psycopg://", 1)
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @property
    def database(self) -> str:
        """The database's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.data_dir / 'komet.sqlite3'}"

    @property
    def told_company(self) -> str:
        """The company's name as pages, mails and workbooks say it; where none is set, in words of ours."""
        unnamed = self.company == Settings.model_fields["company"].default
        return _(self.company) if unnamed else self.company

    @property
    def over_https(self) -> bool:
        """Whether people come by HTTPS: then cookies and headers insist on it."""
        return self.public_url.startswith("https://")

    @property
    def sender(self) -> str:
        """The address that mails come from."""
        return self.smtp_from or self.smtp_user

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _SecretsToml(settings_cls, SECRETS)


class _SecretsToml(TomlConfigSettingsSource):
    """The [komet] table of Streamlit's secrets file; other tables belong to others."""

    def _read_file(self, file_path: Path | Traversable) -> dict[str, object]:
        table = super()._read_file(file_path).get("komet", {})
        return dict(table) if isinstance(table, dict) else {}


@lru_cache
def settings() -> Settings:
    """The settings of this process. Raises SettingsError with one sentence for the first wrong value."""
    try:
        return Settings()
    except (OSError, ValueError) as wrong:
        if not isinstance(wrong, ValidationError):
            raise SettingsError(f"The file {SECRETS} cannot be read as TOML: {wrong}.") from None
        first = wrong.errors()[0]
        name = "KOMET_" + "_".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        shown = "" if name in ("KOMET_SMTP_PASSWORD", "KOMET_DATABASE_URL") else f" It is {first['input']!r}."
        raise SettingsError(f"The setting {name} cannot be used: {reason}.{shown}") from None
