"""Navigation only: declares the pages and runs the chosen one."""

import streamlit as st

from core.ui import shell

shell.configure()
shell.run(
    [
        st.Page("pages/overview.py", title="Overview", default=True),
        st.Page("pages/answer_rate.py", title="Answer rate", url_path="answer-rate"),
        st.Page("pages/queue_volume.py", title="Queue volume", url_path="queue-volume"),
        st.Page("pages/accuracy.py", title="Accuracy", url_path="accuracy"),
        st.Page("pages/pacing.py", title="Capacity & pacing", url_path="pacing"),
        st.Page("pages/drafts.py", title="Campaign drafts", url_path="drafts"),
        st.Page("pages/review.py", title="Review", url_path="review"),
        st.Page("pages/calendar.py", title="Calendar"),
        st.Page("pages/audit.py", title="Audit", url_path="audit"),
        st.Page("pages/connection.py", title="Connection", url_path="connection"),
    ]
)
