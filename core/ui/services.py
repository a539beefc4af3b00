"""The process's services, for every page.

A test puts its own into the session under `SERVICES_KEY`; everybody else shares one connection to
tenant and store.
"""

import streamlit as st

from core.bootstrap import Services, connect
from core.settings import read_settings

SERVICES_KEY = "services"


@st.cache_resource(show_spinner=False, on_release=Services.close)
def shared_services() -> Services:
    """Return the services that all sessions of the process share; made at the first call.

    Raises
    ------
    SettingsError, StoreError
        If they cannot be made; the next call tries again.
    """
    return connect(read_settings())


def services() -> Services:
    """Return the services that the page is to act through."""
    own = st.session_state.get(SERVICES_KEY)
    return own if isinstance(own, Services) else shared_services()
