"""What a tab is sent, in whole runs: a part never comes without what it stands in.

Streamlit keeps the messages of a run until the tab's next turn, every ten milliseconds or later on a server
that has much to do. Where a fragment begins to run meanwhile, Streamlit throws away what an earlier run of
this fragment has said and is not sent yet, but keeps what the fragments inside it have said. So a dialog
that a fragment opened lost its frame and kept its content; the browser, told to put that where nothing is
("Cannot set a node at a delta path"), took the whole page away. A run that the browser has not heard of is
therefore left as it is: it is sent as it would have been on a server with nothing else to do. Before a run
of the whole page Streamlit throws away what every fragment has said, which leaves nothing without its place.
"""

from streamlit.runtime import app_session
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue


class WholeRuns(ForwardMsgQueue):
    """The messages that wait to be sent to a tab, in their order."""

    def clear(
        self, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None
    ) -> None:
        """Before a run of fragments: keep all messages, but let nothing of that run take their place."""
        if retain_lifecycle_msgs and fragment_ids_this_run is not None:
            self._delta_index_map.clear()
            return
        super().clear(retain_lifecycle_msgs, fragment_ids_this_run)


def tell_streamlit() -> None:
    """Take this for every tab."""
    setattr(app_session, ForwardMsgQueue.__name__, WholeRuns)
