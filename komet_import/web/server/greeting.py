"""What the terminal says once the server can be reached: where it is, who may sign in, how to stop it."""

from komet_import import demo
from komet_import.settings import settings

STOP = "Ctrl+C"


def greeting() -> str:
    """The last words of a start, as one block; the demo's has two of its users, and their password."""
    found = settings()
    if not found.demo:
        return f"\nKomet Import is running at {found.public_url}. Stop it with {STOP}.\n"
    users = dict(demo.users_shown())
    shown = {name: " and ".join(users[name]) for name in demo.GREETED}
    lines = [
        ("Open", found.public_url),
        *((f"Sign in as {name}", f"({roles})") for name, roles in shown.items()),
        ("Password", f"{demo.PASSWORD}  (the same for all demo users)"),
        ("Stop", STOP),
        ("Start over", f"stop it, then: rm -r {found.data_dir} && make run"),
    ]
    width = max(len(name) for name, _ in lines)
    body = "\n".join(f"  {name:<{width}}  {text}" for name, text in lines)
    return f"\nThe demo of Komet Import is running.\n\n{body}\n"
