"""A sentence begins with a capital, whatever it is put together of."""


def capitalized(words: str) -> str:
    """The words with a capital at their beginning; the others stay as they are."""
    return f"{words[:1].upper()}{words[1:]}"
