"""Whether the worker is at work, in words, for any page."""

from datetime import datetime

from core.charts.times import duration
from core.screens.context import Context

NOT_RUNNING = "Worker: not running; “dialcast worker” starts it."


def worker_words(context: Context, now: datetime) -> str:
    """Return how the worker stands, in a sentence or two."""
    with context.unit_of_work() as work:
        beat = work.worker.heartbeat()
        runs = work.worker.runs()
    if beat is None:
        return NOT_RUNNING
    ago = duration(now - beat.seen_at)
    if not beat.is_alive(now):
        return f"{NOT_RUNNING} Last seen {ago} ago."
    doing = f", at work: {beat.doing}" if beat.doing else ""
    failed = [run.name for run in runs if not run.is_done]
    trouble = f" Failed last time: {', '.join(failed)}." if failed else ""
    return f"Worker: last seen {ago} ago{doing}.{trouble}"
