"""The words of a mail that is about no batch."""

from komet_import.outbox.mail.wording import compose_test


def test_the_test_mail_says_where_it_comes_from() -> None:
    mail = compose_test(recipient_name="Ada", company="Petals & Co.", public_url="http://localhost:8501")
    assert mail.subject == "Test mail from Petals & Co."
    assert "http://localhost:8501" in mail.text
    assert "Petals &amp; Co." in mail.html
