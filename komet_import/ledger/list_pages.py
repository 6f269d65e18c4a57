"""The pages of a long list."""


def pages_of(count: int, size: int) -> int:
    """How many pages so many lines fill: at least one, which may be empty."""
    return max(1, -(-count // size))


def page_shown(page: int, *, pages: int) -> int:
    """The page that is shown to who asks for this one: past the end it is the last."""
    return min(max(1, page), pages)
