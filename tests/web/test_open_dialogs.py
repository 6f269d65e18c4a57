"""What a look keeps of dialogs and of what is to be said: one is open at a time, and each is said once."""

from komet_import.web.review.look import Reviewing
from komet_import.web.review.wish import Wish


def test_what_is_to_be_said_is_taken_once() -> None:
    looking = Reviewing("one", 1)
    looking.tell("Done.")
    assert (looking.taken_notices(), looking.taken_notices()) == (["Done."], [])


def test_one_dialog_is_open_at_a_time_and_each_closes() -> None:
    looking, wish, kind = Reviewing("one", 1), Wish(column="Credit Date"), ("Credit Date", "date-format")

    def opened() -> tuple[object, object, bool]:
        return looking.wish, looking.values, looking.deleting

    looking.ask_to_delete(True)
    looking.wish_for(wish)
    assert opened() == (wish, None, False)
    looking.fix_values(kind)
    assert opened() == (None, kind, False)
    looking.ask_to_delete(True)
    assert opened() == (None, None, True)
    looking.fix_values(kind)
    assert opened() == (None, kind, False)
    looking.wish_for(wish)
    assert opened() == (wish, None, False)
    looking.wish_for(None)
    assert opened() == (None, None, False)


def test_the_list_of_keys_is_opened_and_closed() -> None:
    looking = Reviewing("one", 1)
    looking.show_keys(True)
    assert looking.keys
    looking.show_keys(False)
    assert not looking.keys
