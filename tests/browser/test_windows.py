"""A window that was swept tells the next test nothing of the one before."""

from playwright.sync_api import Page

from tests.browser.windows import Windows, first_tab

OFFICE = "http://office.example/"


def visit(page: Page) -> None:
    page.route(OFFICE, lambda route: route.fulfill(content_type="text/html", body="<title>Office</title>"))
    page.goto(OFFICE)


def test_what_is_left_in_a_window_is_gone_when_it_is_used_again(windows: Windows) -> None:
    with windows.window() as used:
        tab = first_tab(used)
        visit(tab)
        tab.evaluate(
            """() => {
                document.cookie = "name=rita";
                localStorage.setItem("widths", "1");
                sessionStorage.setItem("unsaved", "2");
                addEventListener("pagehide", () => sessionStorage.setItem("unsaved as it went", "3"));
                addEventListener("beforeunload", event => event.preventDefault());
            }"""
        )
        used.new_page()
        tab.set_viewport_size({"width": 390, "height": 844})
    with windows.window() as again:
        assert again is used
        assert again.pages == [tab]
        assert again.cookies() == []
        visit(tab)
        assert tab.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
        assert tab.evaluate("[innerWidth, innerHeight]") == [1280, 800]


def test_a_tab_that_somebody_listens_to_is_not_used_again(windows: Windows) -> None:
    heard: list[str] = []
    with windows.window() as used:
        tab = first_tab(used)
        tab.on("request", lambda request: heard.append(request.url))
    with windows.window() as again:
        assert again is used
        assert tab.is_closed()
        visit(first_tab(again))
    assert heard == []


def test_what_a_page_throws_is_noted(windows: Windows) -> None:
    with windows.window() as window:
        tab = first_tab(window)
        visit(tab)
        with window.expect_event("weberror"):
            tab.evaluate("setTimeout(() => { throw new Error('off the screen'); })")
    [thrown] = windows.thrown
    assert "off the screen" in thrown
    windows.thrown.clear()


def test_what_opens_is_open_at_once(windows: Windows) -> None:
    with windows.window() as window:
        tab = first_tab(window)
        visit(tab)
        tab.evaluate(
            """() => {
                document.body.innerHTML = '<div style="height: 20px; overflow: hidden">'
                    + '<button style="margin-top: 200px">Click</button></div>';
                const part = document.querySelector("div");
                const opening = part.animate({ height: ["20px", "300px"] }, { duration: 60_000 });
                opening.addEventListener("finish", () => { part.style.height = ""; });
            }"""
        )
        tab.get_by_role("button").click()
        assert tab.evaluate("document.querySelector('div').scrollTop") == 0
