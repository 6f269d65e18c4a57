"""The review grid's way to its draft: takes what was done there, answers with its window of rows.

Whoever asks is looked at before what they ask: first the session, then where the request comes from, then
how much it brings, and only then what it says (`grid_message`). Each refusal is a JSON object with a code
and a sentence:

    401 signed-out   403 foreign     413 too-much     400 bad-message (`seq`: the action at fault)
    404 gone         a look that went with its browser session or its server: the page makes another
    410 (its code)   the draft is one no longer: imported, discarded, or no longer this person's
    500 unexpected   (`seq`) it was written down under an id and not done
    503 busy         the database does not answer (`failures`), or others change the sheet in the same
                     moment: the same may be asked again

What is answered with 200 may carry `refused`: the action that could not be done, with its sentence.

Whether others have changed what it shows asks an open report the same way.
"""

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _, marked
from komet_import.language.current import offered, speak, spoken
from komet_import.refusal import Refusal
from komet_import.web.review import actions, grid_message, look
from komet_import.web.shared import failures
from komet_import.web.shared.auth import SESSION_COOKIE, user_of
from komet_import.web.shared.early_answer import Early

MOST_BYTES = 8 << 20
"""Of one message. The grid sends less at once where it has more to say; a larger paste is told to it."""

_REFUSALS = {
    "signed-out": (401, marked("You are signed out; reload the page and sign in.")),
    "foreign": (403, marked("Only the review page of this app may ask here.")),
    "gone": (404, marked("The page is older than the server; it is drawn anew.")),
}


async def review_rows(request: Request) -> Response | Early:
    """Answer one message of a grid; `Early` where it may still be coming."""
    user = await run_in_threadpool(user_of, request.cookies.get(SESSION_COOKIE))
    if user is None:
        return Early(_refused_as("signed-out"))
    headers = request.headers
    if headers.get("sec-fetch-site", "same-origin") != "same-origin" or not _is_json(headers):
        return Early(_refused_as("foreign"))
    try:
        body = await _body(request)
    except ClientDisconnect:
        return refused(400, "bad-message", _("The message ended early."))
    if body is None:
        most = MOST_BYTES >> 20
        told = _("That is more than {most} MB at once; paste fewer rows.", most=most)
        return Early(refused(413, "too-much", told))
    return await run_in_threadpool(_answer, user, body)


def review_news(request: Request) -> Response:
    """Whether the grid would be given something else than it has. Asked every second by each open page."""
    return _news(
        request, lambda user, asked: look.news(user, asked.get("look", ""), asked.get("version", ""))
    )


def report_news(request: Request) -> Response:
    """Whether an open report would be drawn otherwise by now; 404 where it is this person's no longer."""

    def is_new(user: CurrentUser, asked: QueryParams) -> bool:
        return services.last_happening(user, asked.get("batch", "")) != asked.get("version", "")

    return _news(request, is_new, ended=404)


def _news(
    request: Request, is_new: Callable[[CurrentUser, QueryParams], bool], *, ended: int = 410
) -> Response:
    """Whether what a page shows is another by now: 204 no, 200 yes, else as above; `ended` is the status
    where there is nothing to show any more. A page that nobody touches must not keep its session alive.
    """
    user = user_of(request.cookies.get(SESSION_COOKIE), used=False)
    if user is None:
        return _refused_as("signed-out")
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return _refused_as("foreign")
    speak(offered(user.language) or spoken())
    try:
        new = is_new(user, request.query_params)
    except look.NoSuchLook:
        return _refused_as("gone")
    except Refusal as refusal:
        return refused(ended, refusal.code, refusal.message)
    return Response(status_code=200 if new else 204, headers={"Cache-Control": "no-store"})


def refused(status: int, code: str, message: str, **more: Any) -> JSONResponse:
    """A refusal, as every answer of this route."""
    return JSONResponse(
        {"code": code, "message": message, **more}, status, headers={"Cache-Control": "no-store"}
    )


def _refused_as(code: str) -> JSONResponse:
    """What all of these routes refuse."""
    status, message = _REFUSALS[code]
    return refused(status, code, _(message))


def _is_json(headers: Headers) -> bool:
    """A type that no form of another site can send."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


async def _body(request: Request) -> bytes | None:
    """What the request brings; None as soon as it is known to be too much, by its word or as it comes."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > MOST_BYTES:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _answer(user: CurrentUser, body: bytes) -> Response:
    speak(offered(user.language) or spoken())
    try:
        answer = actions.exchange(user, grid_message.read(body))
    except grid_message.BadMessage as bad:
        return refused(400, bad.code, bad.message, seq=bad.seq)
    except look.NoSuchLook:
        return _refused_as("gone")
    except actions.NotYet:
        return refused(503, "busy", _("Others are changing the sheet in the same moment; it is tried again."))
    except Refusal as ended:
        return refused(410, ended.code, ended.message)
    except actions.Failed as failed:
        identity = failures.note(failed)
        return refused(500, "unexpected", failures.sentence(identity), seq=failed.seq)
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})
