"""History of a tenant's series into a file.

Only complete hours; an hour that is missing or closed has no row.
"""

from argparse import Namespace
from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from core.cli.connection import CAMPAIGN, QUEUE, connected
from core.cli.exit_codes import DONE
from core.cli.output import print_document, say, write_file
from core.cli.series import attempt, harvest
from core.exports.history_csv import write_rate_csv, write_volume_csv
from core.exports.json_values import time_text
from core.forecasting.forecast import SeriesKind


def answer_rate(arguments: Namespace) -> int:
    """Write calls offered and answered of a campaign."""
    with connected(arguments, CAMPAIGN) as services:
        campaign_id = CAMPAIGN.of(arguments, services.settings)
        history = services.history.refresh(SeriesKind.ANSWER_RATE, campaign_id, arguments.days)
    return _write(arguments, {campaign_id: history}, write_rate_csv, [])


def volume(arguments: Namespace) -> int:
    """Write the contacts of one or many queues."""
    choices = () if arguments.queues else (QUEUE,)
    with connected(arguments, *choices) as services:
        queues = list(dict.fromkeys(arguments.queues or [QUEUE.of(arguments, services.settings)]))
        unread = services.history.refresh_many(SeriesKind.VOLUME, queues, arguments.days).refused
        read = partial(services.history.stored, SeriesKind.VOLUME, days=arguments.days)
        read_all = (
            unread[queue_id] if queue_id in unread else attempt(partial(read, queue_id))
            for queue_id in queues
        )
        harvested = harvest(queues, read_all)
    harvested.require_some()
    refused = {each.series_id for each in harvested.refused}
    read_ids = [queue_id for queue_id in queues if queue_id not in refused]
    histories = dict(zip(read_ids, harvested.made, strict=True))
    return _write(arguments, histories, write_volume_csv, harvested.refusals())


def _write(
    arguments: Namespace,
    histories: Mapping[str, pd.DataFrame],
    written: Callable[[Mapping[str, pd.DataFrame]], str],
    refused: list[dict[str, str]],
) -> int:
    write_file(arguments.out, written(histories))
    series = [
        {
            "seriesId": series_id,
            "start": time_text(frame["ds"].min()),
            "end": time_text(frame["ds"].max() + pd.Timedelta(hours=1)),
            "hours": {str(status): int(n) for status, n in frame["status"].value_counts().items()},
        }
        for series_id, frame in histories.items()
    ]
    if arguments.as_json:
        print_document({"file": str(arguments.out), "series": series, "refused": refused})
        return DONE
    hours = sum(int((frame["status"] == "open").sum()) for frame in histories.values())
    say(f"{arguments.out}: {len(series)} series, {hours} hours in which it was open.")
    return DONE
