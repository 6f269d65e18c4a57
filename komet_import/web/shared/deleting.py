"""What is said to somebody who is about to delete a draft."""

from komet_import.services import Work
from komet_import.web.shared.parts import counted_edits


def what_goes(work: Work) -> str:
    """The edits that would go with the draft, and whose they are."""
    edits = [(f"{work.mine:,} of yours", work.mine)] if work.mine else []
    edits += [(f"{count:,} of {name}", count) for name, count in work.others]
    count = sum(number for _, number in edits)
    totals = " So does the control total that was typed." if work.expects else ""
    if not count:
        return f"Nobody has edited it.{totals and ' Its control total goes with it.'}"
    whose, go = ", ".join(words for words, _ in edits), "goes" if count == 1 else "go"
    return f"{counted_edits(count)} {go} with it: {whose}.{totals}"
