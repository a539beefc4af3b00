"""What the tenant told this session a moment ago; see `core.screens.recent`."""

import streamlit as st

from core.bootstrap import Services
from core.screens.recent import Recent

_KEY = "recent"


def recent(services: Services) -> Recent:
    """Return the session's readings; with other services, none of the former."""
    kept = st.session_state.get(_KEY)
    if isinstance(kept, tuple) and kept[0] is services:
        return kept[1]  # type: ignore[no-any-return]
    fresh = Recent(services.clock)
    st.session_state[_KEY] = (services, fresh)
    return fresh
