"""Files: who is given which, how they are saved, and that nobody finds one beside that way."""

import http.client
import io
from collections.abc import Iterator
from email.message import Message
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from sqlmodel import col, select
from starlette.applications import Starlette
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_routes import create_media_routes

from komet_import import services
from komet_import.access import sessions, users
from komet_import.ledger import database
from komet_import.ledger.models import AuditEntry
from komet_import.services.downloads import EXCEL
from komet_import.types import Role
from komet_import.web.server import application, routes
from komet_import.web.server.download_route import content_disposition
from komet_import.web.shared.auth import SESSION_COOKIE
from tests.services import workspace
from tests.services.workspace import People, credit
from tests.web.serving import served
from tests.web.tabs import token_of

STORAGE = MemoryMediaFileStorage("/media")
SECRET = b"every customer of the company"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Our routes, and Streamlit's own for media, behind our middleware."""
    ours = [*routes.ROUTES, *create_media_routes(STORAGE, None)]
    with served(Starlette(routes=ours, middleware=application.MIDDLEWARE)) as found:
        yield found


@pytest.fixture
def people(database_url: str) -> People:
    workspace.forget()
    return workspace.fill()


@pytest.fixture
def rejected(people: People) -> str:
    """A posted batch with a rejected row."""
    batch_id = workspace.opened(
        people.rita, credit("A"), credit("B", amount=-5), file_name='Crédit "März".2.xlsx'
    )
    services.post(people.rita, batch_id)
    return batch_id


def ask(
    address: str, path: str, token: str | None = None, *, method: str = "GET", **headers: str
) -> tuple[int, Message, bytes]:
    """One request, with the path exactly as it is given: status, headers, body."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    if token:
        headers["Cookie"] = f"{SESSION_COOKIE}={token}"
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def saved_as(header: str) -> str:
    """The name that a browser of today takes from Content-Disposition."""
    return unquote(header.partition("; filename*=UTF-8''")[2])


def taken() -> list[tuple[int | None, str, str]]:
    """The downloads of the audit trail: who, of what, as which file."""
    with database.reading() as session:
        entries = session.exec(
            select(AuditEntry).where(AuditEntry.action == "download").order_by(col(AuditEntry.id))
        )
        return [(entry.user_id, entry.subject, entry.details["file"]) for entry in entries]


def files(batch_id: str) -> dict[str, str]:
    """Every kind of file with the name that it is saved under."""
    return {
        "/download/sample/open-credits": "open-credits-sample.xlsx",
        "/download/sample/customers": "customers-sample.xlsx",
        "/download/existing/customers": "customers-existing.xlsx",
        f"/download/rejected/{batch_id}": 'rejected-Crédit "März".2.xlsx',
    }


def test_a_file_is_given_to_whom_it_is_for_and_written_down(
    address: str, people: People, rejected: str
) -> None:
    token = token_of(people.ada.id)
    for path, name in files(rejected).items():
        status, headers, content = ask(address, path, token)
        assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, EXCEL, "no-store"), path
        assert saved_as(headers["Content-Disposition"]) == name
        assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames
        assert taken()[-1] == (people.ada.id, path.rsplit("/", 1)[1], name)
    assert len(taken()) == len(files(rejected))


def test_a_file_is_nobodys_who_is_signed_out_deactivated_or_without_the_right(
    address: str, people: People, rejected: str
) -> None:
    ended, deactivated, lost = token_of(people.rita.id), token_of(people.carl.id), token_of(people.ada.id)
    workspace.person("anna", Role.ADMIN)
    with database.transaction() as session:
        sessions.end(session, ended)
        users.deactivate(session, user_id=people.carl.id)
        users.set_roles(session, user_id=people.ada.id, roles=[Role.SALESPERSON])
    never = token_of(people.lou.id)
    nothing = {ask(address, "/download/rejected/nothing", never)[2]}
    for path in files(rejected):
        for token in (None, "made-up", ended, deactivated):
            status, headers, body = ask(address, path, token)
            assert (status, headers["Cache-Control"]) == (403, "no-store")
            assert b"You are signed out" in body and b'href="/"' in body
            assert "Content-Disposition" not in headers
        for token in (lost, never):
            status, headers, body = ask(address, path, token)
            assert (status, headers["Cache-Control"], {body}) == (404, "no-store", nothing)
    assert taken() == []


@pytest.mark.parametrize("username", ["rita", "carl"])
def test_the_workbook_of_all_customers_is_for_who_may_import_customers(
    address: str, people: People, username: str
) -> None:
    token = token_of(getattr(people, username).id)
    assert ask(address, "/download/existing/customers", token)[0] == 404
    assert ask(address, "/download/sample/customers", token)[0] == 404
    assert ask(address, "/download/sample/open-credits", token)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/download/sample/x",
        "/download/existing/open-credits",
        "/download/secret/x",
        "/download/rejected/%00",
        "/download/sample/open-credits%2fx",
    ],
)
def test_what_is_no_file_is_not_there(address: str, people: People, path: str) -> None:
    assert ask(address, path, token_of(people.ada.id))[0] == 404
    assert taken() == []


@pytest.mark.twin
def test_asking_for_the_headers_only_takes_nothing(address: str, people: People) -> None:
    for method in ("HEAD", "POST", "OPTIONS"):
        status, _, body = ask(
            address, "/download/sample/open-credits", token_of(people.rita.id), method=method
        )
        assert (status, taken()) == (405, [])
        assert b"PK" not in body


@pytest.mark.parametrize(
    "name",
    [
        "a.xlsx",
        'a"b.xlsx',
        "a\\b;c=d.xlsx",
        "März – ñ.xlsx",
        "信用.xlsx",
        "a\r\nSet-Cookie: x=y.xlsx",
        "a%41'b.xlsx",
        "a/b.xlsx",
    ],
)
def test_a_name_arrives_as_it_is_and_cannot_leave_its_header(name: str) -> None:
    header = content_disposition(name)
    assert header.isascii() and header.isprintable()
    assert saved_as(header) == name
    assert header.count('"') == 2


MEDIA_PATHS = [
    "/media/{id}",
    *(
        f"/media/{{id}}.{ending}"
        for ending in ("xlsx", "svg", "SVG", "png", "html", "x", "tar.gz", "svg.xlsx", "")
    ),
    "/media/{id}.xlsx?x=.svg",
    "/media/{id}.xlsx#.svg",
    "/%6dedia/{id}.svg",
    "/m%65dia/{id}.xlsx",
    "/media%2f{id}.svg",
    "/media/%2e/{id}.svg",
    "/media/./{id}.svg",
    "/x/../media/{id}.svg",
    "/media//{id}.svg",
    "//media/{id}.svg",
    "/media/{id}%2esvg",
    "/media/{id}.svg%00",
    "/media;x/{id}.svg",
    "/MEDIA/{id}.svg",
    "http://127.0.0.1/media/{id}.svg",
    "/healthz/../media/{id}",
]


def test_nothing_of_streamlits_media_is_given_to_strangers(address: str, people: People) -> None:
    file_id = STORAGE.load_and_get_id(SECRET, EXCEL, MediaFileKind.DOWNLOADABLE, "all.xlsx")
    for path in MEDIA_PATHS:
        for method in ("GET", "HEAD"):
            for headers in ({}, {"Range": "bytes=0-4"}, {"Cookie": f"{SESSION_COOKIE}=made-up"}):
                status, told, body = ask(address, path.format(id=file_id), method=method, **headers)
                assert status in (400, 403, 404), (path, method)
                assert SECRET[:5] not in body and "Content-Disposition" not in told, path
    assert ask(address, f"/media/{file_id}.xlsx", token_of(people.rita.id))[2] == SECRET


def test_no_cache_and_no_other_site_keeps_what_is_given_or_refused(address: str, people: People) -> None:
    path = "/download/sample/open-credits"
    for token in (token_of(people.rita.id), None):
        _, headers, _ = ask(address, path, token)
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert ask(address, path, token_of(people.rita.id), method="HEAD")[1]["Allow"] == "GET"


def link() -> None:  # its source is run elsewhere, where no name of this file is known
    from komet_import.services import File
    from komet_import.web.shared.download_link import download_link

    download_link("Rows & <more>", File.REJECTED, "a/b'c")


def test_a_link_leads_to_its_file_in_the_same_tab_whatever_it_is_called() -> None:
    (body,) = (one.proto.body for one in AppTest.from_function(link).run().get("html"))
    assert body.endswith(
        "<a class='komet-download' href='/download/rejected/a%2Fb%27c' target='_self'>"
        "Rows &amp; &lt;more&gt;</a>"
    )


@pytest.mark.twin
def test_a_download_is_recorded_with_the_address_that_asked(address: str, people: People) -> None:
    """This machine's own address is blank; a proxy's word is taken from this machine only."""
    token = token_of(people.rita.id)
    for headers, kept in (({}, ""), ({"X-Forwarded-For": "203.0.113.7"}, "203.0.113.7")):
        assert ask(address, "/download/sample/open-credits", token, **headers)[0] == 200
        with database.reading() as session:
            newest = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
        assert newest is not None and (newest.action, newest.address) == ("download", kept)
