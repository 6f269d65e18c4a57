"""What the server itself says comes in the language that the browser asks for."""

import asyncio

import pytest

from komet_import.language.current import Language, spoken
from komet_import.web.server.languages import Languages


@pytest.mark.parametrize(
    ("kind", "asked", "language"),
    [
        ("http", "es-CO,es;q=0.9,en;q=0.5", Language.SPANISH),
        ("http", "en-US", Language.ENGLISH),
        ("http", "", Language.ENGLISH),
        ("lifespan", "es", Language.ENGLISH),
    ],
)
def test_a_request_is_answered_in_the_language_of_its_browser(
    kind: str, asked: str, language: Language
) -> None:
    said = []

    async def app(*_: object) -> None:
        said.append(spoken())

    headers = [(b"accept-language", asked.encode())] if asked else []
    asyncio.run(Languages(app)({"type": kind, "headers": headers}, app, app))  # type: ignore[arg-type]
    assert said == [language]
