"""What axe finds on the page that is open, in light and in dark."""

from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GROUNDS: dict[Literal["light", "dark"], str] = {"light": "rgb(255, 255, 255)", "dark": "rgb(19, 22, 20)"}
"""The ground of a page by its theme."""
EVERY = {"resultTypes": ["violations"]}
"""Every rule; of what is in order nothing is listed, which takes longer than to look."""
COLORS = {**EVERY, "runOnly": ["color-contrast", "link-in-text-block"]}
"""The rules that a theme makes a difference to."""
ONCE = Axe(f"if (!window.axe) {{ {AXE_SCRIPT} }}")
"""Axe, which a page is given when it is looked at first."""
DIALOG = "section[role=dialog]"
"""A dialog that is open; what it covers was looked at before."""


def serious(page: Page, *, within: str | None = None) -> list[str]:
    """What axe calls serious or critical, in both themes: the theme, the rule and the element.

    Nothing moves meanwhile: what fades in is no color yet.
    """
    found = []
    page.emulate_media(reduced_motion="reduce")  # first: a theme that changes would move as well
    for (scheme, ground), rules in zip(GROUNDS.items(), (EVERY, COLORS), strict=True):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(
            "ground => [document.body, document.querySelector('[data-testid=stApp]')]"
            ".some(part => part && getComputedStyle(part).backgroundColor === ground)",
            arg=ground,
        )
        found += [
            f"{scheme}: {violation['id']}: {node['html'][:300]}"
            for violation in ONCE.run(page, context=within, options=rules).response["violations"]
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"]
        ]
    page.emulate_media(color_scheme="null", reduced_motion="null")
    return found
