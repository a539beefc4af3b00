"""Connection: does it work, and what may it do?"""

import streamlit as st

from core.screens import connection
from core.ui import actions, probing, shell, tables

with shell.page() as visit:
    found = probing.recent_probe(visit.services)
    view = connection.view(visit.services, found)
    visit.headline(view.headline, view.provenance)
    if view.trouble:
        st.warning(view.trouble)
    shell.section(view.permissions_title)
    if view.permissions:
        tables.words_table(
            ["Permission", "State", "Needed for", "Operations"],
            probing.permission_rows(found, visit.services.settings.time_zone),
            view.permissions_title,
        )
        for note in view.notes:
            shell.grey(note)
    else:
        shell.empty_state("What is allowed is not known while the tenant does not answer.")
    if actions.plain_button("Check again", key="again", icon="refresh"):
        actions.act(probing.ask_again, said="Asked again just now.")
    shell.section("Tenant and rules in force")
    tables.words_table(["What", "In force"], view.facts, "Tenant and rules in force")
    shell.section("Settings in force", "secrets are never shown")
    tables.words_table(["Setting", "Value", "From"], view.settings, "Settings in force")
