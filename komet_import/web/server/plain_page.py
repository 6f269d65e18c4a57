"""A page without Streamlit, for what is answered before or beside it: a sentence, and the way on.

It looks like the others, and needs nothing but the typeface.
"""

from html import escape

from starlette.responses import HTMLResponse

from komet_import.language.current import spoken
from komet_import.web.shared.brand import COLORS, brand

_PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title} · Komet Import</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>@font-face {{ font-family: Inter; src: url("/app/static/inter-latin.woff2"); font-weight: 100 900 }}
:root {{ --ground: #fff; --quiet: #565f58; --line: #c3cac3; --link: #276a32 }}
@media (prefers-color-scheme: dark) {{
  :root {{ --ground: #131614; --quiet: #aab3ab; --line: #454d46; --link: #86cf91 }} }}
{colors}
body {{ font: 14px/20px Inter, system-ui, sans-serif; color: var(--ink); background: var(--ground);
  margin: 12px auto; padding: 0 1rem; max-width: 26rem }}
header {{ margin: 0 0 16vh }} svg {{ height: 24px }}
h1 {{ font-size: 22px; line-height: 28px; font-weight: 600; margin: 0 0 6px }}
p {{ color: var(--quiet); margin: 0 0 14px; overflow-wrap: anywhere }} a {{ color: var(--link) }}
button {{ font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: 6px;
  padding: 7px 14px; margin: 0 0 14px; cursor: pointer }}</style>
<header>{brand}</header><main><h1>{title}</h1>{body}</main></html>"""


def plain_page(status: int, *, title: str, text: str, way: str, form: str = "") -> HTMLResponse:
    """The page; `way` is what the link to the first page says, `form` HTML that stands above it."""
    body = f'<p>{escape(text)}</p>{form}<p><a href="/">{escape(way)}</a></p>'
    page = _PAGE.format(title=escape(title), body=body, language=spoken(), brand=brand(), colors=COLORS)
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})
