"""Every command and its options, in the order in which help lists them.

A command is declared with the place of its function, which is imported only when it is run.
"""

from argparse import ArgumentParser

from core.cli import arguments as take
from core.cli.options import (
    Commands,
    add_calendar,
    add_campaign,
    add_history_file,
    add_horizon,
    add_policy,
    add_queues,
    add_skill,
    add_time_zone,
    command,
    group,
)
from core.cli.review_commands import declare_audit, declare_proposals, declare_propose


def declare_commands(commands: "Commands[ArgumentParser]") -> None:
    """Declare every command on the parser's list of them."""
    _declare_servers(commands)
    _declare_listings(commands)
    _declare_history(commands)
    _declare_forecast(commands)
    _declare_backtest(commands)
    _declare_pacing(commands)
    declare_propose(commands)
    declare_proposals(commands)
    _declare_drift(commands)
    declare_audit(commands)
    _declare_worker(commands)


def _declare_servers(commands: "Commands[ArgumentParser]") -> None:
    run = command(
        commands,
        "run",
        "dashboard:run",
        "the dashboard on the tenant that the settings name",
        "With DIALCAST_TENANT=simulator, and GENESYS_API_URL not set, it starts the local tenant"
        " too. Ctrl-C ends both.",
    )
    run.add_argument("--port", type=take.port, default=8501, help="default 8501")
    run.add_argument("--no-browser", action="store_true", help="do not open a browser")
    simulator = command(
        commands,
        "simulator",
        "simulator:simulator",
        "the local tenant alone, as an HTTP server",
        "Prints its address on the first line and runs until Ctrl-C. Its client id and secret are"
        " those of GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET where they are set.",
    )
    simulator.add_argument("--port", type=take.port, help="default 8765; 0 for a free one")
    simulator.add_argument("--seed", type=take.seed, default=None, help="another world")
    simulator.add_argument(
        "--faults", type=take.names, default=(), metavar="A,B", help="how it misbehaves"
    )
    simulator.add_argument(
        "--queues", type=take.queue_count, metavar="N", help="how many; default 24"
    )
    simulator.add_argument(
        "--without",
        type=take.names,
        default=(),
        metavar="A,B",
        help="permissions that its client lacks, such as outbound:campaign:edit",
    )
    simulator.add_argument(
        "--no-wfm", action="store_true", help="no licence for workforce management"
    )


def _declare_listings(commands: "Commands[ArgumentParser]") -> None:
    command(
        commands,
        "check",
        "listing:check",
        "reach the tenant, name the organisation, list each permission that is needed",
        "A permission is held, missing or unknown; a write is never tried: the tenant's last answer"
        " to one counts. Exit code 1 where one is missing, 3 where the tenant cannot be reached or"
        " refuses the credentials.",
    )
    command(
        commands,
        "settings",
        "settings_list:settings",
        "every setting with its value in force, secrets masked",
        "Exit code 2 where one is missing or wrong; all of them are named.",
    )
    campaigns = command(
        commands, "campaigns", "listing:campaigns", "ids and names of the campaigns"
    )
    campaigns.add_argument(
        "--live", action="store_true", help="with the pace in force, idle agents and open calls"
    )
    command(commands, "queues", "listing:queues", "ids and names of the queues")


def _declare_history(commands: "Commands[ArgumentParser]") -> None:
    kinds = group(commands, "history", "fetch history into a file")
    rates = command(
        kinds, "answer-rate", "history:answer_rate", "calls offered and answered, by the hour"
    )
    add_campaign(rates)
    rates.add_argument("--days", type=take.days, help="span back from now; default 14")
    volumes = command(kinds, "volume", "history:volume", "contacts by the hour")
    add_queues(volumes)
    volumes.add_argument("--days", type=take.days, help="span back from now; default 90")
    for each in (rates, volumes):
        each.add_argument("--out", type=take.csv_out, required=True, metavar="F.csv")


def _declare_forecast(commands: "Commands[ArgumentParser]") -> None:
    kinds = group(commands, "forecast", "forecast a series, or many")
    file_form = (
        "With --history the file decides and not the clock: the history of a series ends with its"
        " own last row, the forecast begins with the next hour, and no tenant is asked. A series"
        " that cannot be forecast is named on standard error and does not stop the others; exit"
        " code 3 where none could be."
    )
    rates = command(
        kinds, "answer-rate", "forecast:answer_rate", "forecast the answer rate", file_form
    )
    add_campaign(rates)
    volumes = command(kinds, "volume", "forecast:volume", "forecast the volume", file_form)
    add_queues(volumes, every=True)
    for each, horizon in ((rates, 24), (volumes, 168)):
        add_history_file(each)
        add_horizon(each, horizon)
        each.add_argument("--method", default="auto", help="a method's name; default auto")
        each.add_argument(
            "--level", type=take.level, default=0.95, help="of the band, per cent; default 95"
        )
        each.add_argument("--days", type=take.days, help="span of a tenant's history")
        add_time_zone(each)
        add_calendar(each)
        each.add_argument("--out", type=take.csv_or_json_out, metavar="F", help=".csv or .json")
    for term in ("weekly", "daily"):
        volumes.add_argument(
            f"--no-{term}",
            dest=term,
            action="store_false",
            help=f"leave the {term} pattern out of method tutorial",
        )


def _declare_backtest(commands: "Commands[ArgumentParser]") -> None:
    kinds = group(commands, "backtest", "score methods on past cutoffs, the baseline among them")
    for name, horizon in (("answer-rate", 24), ("volume", 168)):
        target = f"backtest:{name.replace('-', '_')}"
        each = command(kinds, name, target, f"rolling-origin scores of {name} methods")
        add_history_file(each, required=True)
        add_horizon(each, horizon)
        each.add_argument("--cutoffs", type=take.cutoffs, help="how many past cutoffs")
        each.add_argument("--method", nargs="+", action="extend", metavar="NAME")
        each.add_argument(
            "--level", type=take.level, default=0.95, help="of the band, per cent; default 95"
        )
        add_time_zone(each)
        add_calendar(each)
        each.add_argument("--out", type=take.csv_out, metavar="F.csv")


def _declare_pacing(commands: "Commands[ArgumentParser]") -> None:
    what = group(commands, "pacing", "pacing from a forecast and the agents scheduled")
    recommend = command(
        what,
        "recommend",
        "pacing:recommend",
        "recommend pacing; nothing is proposed by it",
        "Either from the tenant (--campaign, --skill) or from files (--forecast, --capacity), for"
        " which no tenant is asked.",
    )
    add_campaign(recommend)
    add_skill(recommend)
    recommend.add_argument(
        "--forecast", dest="forecast_file", metavar="F.json", help="an answer-rate forecast"
    )
    recommend.add_argument(
        "--capacity", dest="capacity_file", metavar="F.csv", help="columns ds, agents"
    )
    add_policy(recommend)
    recommend.add_argument(
        "--observed",
        dest="observed_file",
        metavar="F.csv",
        help="what the day has done so far: ds, attempts, live, abandoned, callsPerAgent; the"
        " rest is planned anew",
    )
    recommend.add_argument(
        "--abandon-cap",
        type=take.abandon_share,
        metavar="SHARE",
        help="highest abandon rate to aim at; else DIALCAST_ABANDON_CAP",
    )
    add_time_zone(recommend)
    recommend.add_argument("--out", type=take.json_out, metavar="F.json")


def _declare_drift(commands: "Commands[ArgumentParser]") -> None:
    drift = command(
        commands,
        "drift",
        "drift:drift",
        "score stored forecasts on what came since; say which to retrain and why",
        "Without --queue every series that has a stored forecast, campaigns included. Exit code 0"
        " whatever is found; 3 where nothing could be scored.",
    )
    drift.add_argument(
        "--queue",
        dest="queues",
        nargs="+",
        action="extend",
        metavar="ID",
        type=take.some_text,
        help="one or many; else every series with a stored forecast",
    )


def _declare_worker(commands: "Commands[ArgumentParser]") -> None:
    worker = command(
        commands,
        "worker",
        "worker:worker",
        "scheduled refresh, retraining, drift checks, reconciliation and approved days, until"
        " stopped",
        "It reads, forecasts, scores, settles interrupted pushes by reading, and pushes the hours"
        " of approved plans of a day in their time. One worker for each store.",
    )
    worker.add_argument(
        "--once", dest="is_once", action="store_true", help="do what is due now, then end"
    )
