"""Texts that have no room where they stand: cut, over each other, past the window."""

from playwright.sync_api import Page

WIDTHS = (1280, 390)
OF_PEOPLE = "[role=gridcell], [role=rowheader], .st-key-review-file h1, .clamped, [class*=st-key-headings-]"
"""Values and names of files: they are cut where they are long, and say themselves whole when touched."""

SHOWN = "within => [...document.querySelectorAll(within)].some(part => part.checkVisibility())"
CUT = """([of_people, within]) => {
    const found = new Set();
    const menu = innerWidth < 768 ? ", [data-testid=stSidebar]" : "";  // on a telephone it covers the page
    const hidden = "[aria-hidden=true], [inert], script, style" + menu;
    const said = text => text.trim().replace(/\\s+/g, " ").slice(0, 60);
    const seen = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && !element.closest(hidden) && !element.closest(of_people);
    const texts = [];
    const whole = [...document.querySelectorAll(within)].find(part => part.checkVisibility());
    const walk = document.createTreeWalker(whole, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (!node.data.trim() || !seen(node.parentElement)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects())
            if (box.width > 1 && box.height > 1) texts.push({ node, box });
    }
    for (const text of texts) {
        const { node, box } = text;
        text.there = true;  // it may lie in a part that is scrolled away
        let fits = true;  // until something scrolls: what stands there can be brought into view
        for (let around = node.parentElement; around !== document.body; around = around.parentElement) {
            const style = getComputedStyle(around);
            if (style.display === "inline" || style.display === "contents") continue;
            const room = around.getBoundingClientRect();
            const away = box.bottom < room.top || box.top > room.bottom;
            if (/auto|scroll/.test(style.overflowX + style.overflowY) && (beyondOf(box, room) || away))
                text.there = false;
            if (/auto|scroll/.test(style.overflowX)) { fits = false; break; }
            if (/hidden|clip/.test(style.overflowX) && beyondOf(box, room)) {
                if (room.width > 1) found.add(`cut: ${said(node.data)}`);
                break;
            }
            if (/auto|scroll/.test(style.overflowY)) break;
            if (/hidden|clip/.test(style.overflowY) && room.height > 1
                && (box.bottom > room.bottom + 4 || box.top < room.top - 4)) {
                found.add(`cut below: ${said(node.data)}`);
                break;
            }
        }
        if (fits && (box.right > innerWidth + 1 || box.left < -1))
            found.add(`past the window: ${said(node.data)}`);
    }
    for (const [place, one] of texts.entries())
        for (const other of texts.slice(place + 1)) {
            const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
            const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
            const pinned = each => Boolean(each.node.parentElement.closest("[data-testid=stBottom]"));
            if (one.node === other.node || pinned(one) !== pinned(other)) continue;
            if (wide > 3 && high > 5 && one.there && other.there)
                found.add(`over each other: ${said(one.node.data)} | ${said(other.node.data)}`);
        }
    function beyondOf(box, room) {
        return box.right > room.right + 1 || box.left < room.left - 1;
    }
    const pen = document.createElement("canvas").getContext("2d");
    for (const field of whole.querySelectorAll("input[placeholder], input[role=combobox]")) {
        const style = getComputedStyle(field);
        pen.font = style.font;
        const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        const chosen = field.getAttribute("role") === "combobox" && field.value;
        const text = chosen || (field.value ? "" : field.placeholder);
        if (seen(field) && pen.measureText(text).width > room + 1) found.add(`cut: ${said(text)}`);
    }
    if (document.documentElement.scrollWidth > innerWidth + 1) found.add("the page is wider than its window");
    return [...found];
}"""


def cut(page: Page, within: str = "body") -> list[str]:
    """What of the texts within a part of a page is cut, lies over others, or stands past the window."""
    page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    found: list[str] = page.evaluate(CUT, [OF_PEOPLE, within])
    return found


def cut_at_each_width(page: Page, within: str = "body") -> list[tuple[int, str]]:
    """That on a screen and on a telephone, in a window that is a screen's before and afterwards."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function(SHOWN, arg=within)
        found += [(width, one) for one in cut(page, within)]
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    return found
