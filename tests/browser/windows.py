"""Browser windows that go from test to test, swept clean in between.

A new window has to fetch and compile Streamlit's megabytes of JavaScript, which takes two and a half seconds
of a processor for each test; a tab that has shown the app before takes a quarter of that. So what a test may
leave behind is taken away (cookies, storage, rights, routes, further tabs, another size), and the first tab
is used again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize

FORGET = """() => {
    if (!location.protocol.startsWith("http")) return;
    Storage.prototype.setItem = () => {};  // or the page would note down what is unsaved as it goes
    localStorage.clear();
    sessionStorage.clear();
}"""
STILL = """
const still = new CSSStyleSheet();
still.replaceSync(`*, *::before, *::after {
    animation-delay: 0s !important; animation-duration: 0s !important;
    transition-delay: 0s !important; transition-duration: 0s !important;
}`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
const animate = Element.prototype.animate;
Element.prototype.animate = function (...given) {
    const moving = animate.apply(this, given);
    moving.effect.updateTiming({ fill: "forwards" });  // until others hear that it has finished
    moving.addEventListener("finish", () => moving.cancel());
    moving.finish();
    return moving;
};
"""
"""What opens is open at once. Playwright scrolls what an opening part still hides, as no person can, and the
button that it clicks then slips away between the mouse's down and up. And sixty pictures a second of a sign
that turns take an eighth of a processor from the page that is waited for.
"""
SIZE: ViewportSize = {"width": 1280, "height": 800}
OF_PLAYWRIGHT = {"close", "crash"}
"""The events of a tab that Playwright itself listens to."""


class Windows:
    """The windows of one Chromium."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.thrown: list[str] = []
        """What a page has thrown and nothing has caught: Streamlit's then takes everything off the screen."""
        self._idle: list[BrowserContext] = []

    @contextmanager
    def window(self) -> Iterator[BrowserContext]:
        """A window in which nobody is signed in, for as long as the block lasts; it lies in Bogotá."""
        context = self._idle.pop() if self._idle else self.new()
        yield context
        try:
            sweep(context)
        except Error:  # a tab that crashed or hangs: no window to be used again
            context.close()
        else:
            self._idle.append(context)

    def new(self) -> BrowserContext:
        """A window that has never seen the app; whoever asks for it closes it."""
        window = self.browser.new_context(timezone_id="America/Bogota", locale="en-US", viewport=SIZE)
        window.add_init_script(STILL)
        window.on(
            "weberror", lambda thrown: self.thrown.append(f"{thrown.error.message}\n{thrown.error.stack}")
        )
        return window


def first_tab(context: BrowserContext) -> Page:
    """The tab that was kept, or a new one."""
    return context.pages[0] if context.pages else context.new_page()


def sweep(context: BrowserContext) -> None:
    """Take away whatever a test left in a window. Raises Playwright's Error where that cannot be done."""
    for place, tab in enumerate(context.pages):
        tab.evaluate(FORGET)
        # Playwright tells nobody of listeners but itself, and they cannot be taken off without their names.
        if place == 0 and set(tab._impl_obj.event_names()) <= OF_PLAYWRIGHT:
            tab.unroute_all()
            tab.set_viewport_size(SIZE)
            tab.goto("about:blank")
        else:
            tab.close()
    context.unroute_all()
    context.clear_cookies()
    context.clear_permissions()
