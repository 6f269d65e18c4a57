"""Messages and Mail, in Chromium against a running server with a real mail server."""

import pytest
from playwright.sync_api import Page, expect

from komet_import.access import password_hashes, users
from komet_import.ledger import database
from komet_import.ledger.models import MessageStatus
from komet_import.outbox import mail_queue
from komet_import.outbox.mail.wording import Composed
from komet_import.settings import settings
from tests.browser.conftest import StartServer
from tests.browser.driving import PASSWORD, shown, signed_in
from tests.mail_server import MailServer
from tests.outbox.people import composed, eventually, message, receipt

HOSTILE = "<b>x</b> **y** $1$ [z](http://evil.example).xlsx"


@pytest.fixture
def people(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The Admin Ada, and Rita and Carl, who import; user IDs by name."""
    monkeypatch.setattr(password_hashes, "BCRYPT_COST", 4)
    made = {}
    for name, role in (("ada", "Admin"), ("rita", "Accounts Receivables"), ("carl", "Credit Manager")):
        with database.transaction() as session:
            user = users.add(
                session,
                username=name,
                email=f"{name}@komet.example",
                name=name.title(),
                roles=[role],
                password_hash=password_hashes.hashed(PASSWORD),
            )
            assert user.id is not None
            made[name] = user.id
    return made


def queue(user_id: int, mail: Composed, *, recipient: str) -> int:
    with database.transaction() as session:
        queued = mail_queue.queue(session, user_id=user_id, recipient=recipient, batch_id=None, composed=mail)
        assert queued.id is not None
        return queued.id


def test_without_a_mail_server_the_mail_is_read_in_the_app_and_by_nobody_else(
    sqlite_database: str, people: dict[str, int], server: StartServer, page: Page, elsewhere: Page
) -> None:
    queue(people["rita"], composed(receipt(posted=12, rejected=0)), recipient="rita@komet.example")
    queue(people["rita"], composed(receipt(file_name=HOSTILE)), recipient="rita@komet.example")
    queue(people["ada"], composed(receipt(posted=99)), recipient="ada@komet.example")
    started = server(sqlite_database)
    signed_in(page.context, "rita", url=started.url)
    page.goto(f"{started.url}/messages")

    main = page.get_by_role("main")
    expect(main.get_by_text("No mail server is set up, so results are kept here")).to_be_visible()
    expect(main.get_by_role("heading", name=shown(HOSTILE))).to_be_visible()
    expect(main.get_by_text("37 of 40 credits were imported: $92.50.")).to_be_visible()
    expect(main.get_by_text("Not sent: no mail server was set.")).to_be_visible()
    expect(main.get_by_role("link", name="Correct the rejected rows")).to_have_attribute(
        "href", "http://localhost:8501/report?batch=BATCH1"
    )
    expect(main.get_by_role("button", name="Send now")).to_have_count(0)
    expect(main.get_by_text("99 ")).to_have_count(0)

    main.get_by_role("button", name="12 credits imported — march-credits.xlsx").click()
    expect(main.get_by_text("12 credits were imported: $30.00.")).to_be_visible()

    signed_in(elsewhere.context, "carl", url=started.url)
    elsewhere.goto(f"{started.url}/messages")
    main = elsewhere.get_by_role("main")
    expect(main.get_by_text("No messages yet")).to_be_visible()
    elsewhere.goto(f"{started.url}/mail")
    expect(main.get_by_text("You don't have access to this page.")).to_be_visible()
    expect(main.get_by_role("button")).to_have_count(0)


def test_an_admin_sees_what_failed_and_sends_it_again(
    sqlite_database: str,
    people: dict[str, int],
    server: StartServer,
    smtp: MailServer,
    page: Page,
) -> None:
    smtp.refused.add("ada@komet.example")
    queued = queue(people["ada"], composed(), recipient="ada@komet.example")
    started = server(sqlite_database, **smtp.environment)
    eventually(lambda: message(queued).status == MessageStatus.FAILED)
    signed_in(page.context, "ada", url=started.url)
    page.goto(f"{started.url}/mail")

    main = page.get_by_role("main")
    expect(main.get_by_text(f"127.0.0.1, port {smtp.port}")).to_be_visible()
    expect(main.get_by_text("imports@komet.example")).to_be_visible()
    main.get_by_role("button", name="Send a test mail to me").click()
    expect(main.get_by_role("alert").get_by_text("refused the address")).to_be_visible()

    smtp.refused.clear()
    main.get_by_role("button", name="Send a test mail to me").click()
    expect(main.get_by_text(shown("The mail server took a test mail to ada@komet.example."))).to_be_visible()
    assert [mail.mail["Subject"] for mail in smtp.messages] == [f"Test mail from {settings().company}"]

    page.goto(f"{started.url}/messages")
    expect(main.get_by_text("Failed.")).to_be_visible()
    page.goto(f"{started.url}/mail")
    main.get_by_role("button", name="Retry").click()
    expect(main.get_by_text("1 mail is being sent.")).to_be_visible()
    eventually(lambda: message(queued).status == MessageStatus.SENT)
    page.goto(f"{started.url}/messages")
    expect(main.get_by_text("sent 20")).to_be_visible()
    assert smtp.messages[-1].mail["Subject"] == composed().subject
