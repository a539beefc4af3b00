"""Every command and its options, in the order in which help lists them.

A command is declared with the place of its function, which is imported only when it is run.
"""

from argparse import SUPPRESS, ArgumentParser

from core.cli import arguments as take
from core.cli.options import (
    Commands,
    add_campaign,
    add_history_file,
    add_horizon,
    add_person,
    add_policy,
    add_queues,
    add_reason,
    add_since,
    add_skill,
    add_time_zone,
    command,
    group,
)


def declare_commands(commands: "Commands[ArgumentParser]") -> None:
    """Declare every command on the parser's list of them."""
    _declare_servers(commands)
    _declare_listings(commands)
    _declare_history(commands)
    _declare_forecast(commands)
    _declare_backtest(commands)
    _declare_pacing(commands)
    _declare_propose(commands)
    _declare_proposals(commands)
    _declare_audit(commands)


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


def _declare_listings(commands: "Commands[ArgumentParser]") -> None:
    command(
        commands,
        "check",
        "listing:check",
        "reach the tenant, name the organisation, list each permission that is needed",
        "A permission is held, missing or unknown; a write is never tried. Exit code 1 where one"
        " is missing, 3 where the tenant cannot be reached or refuses the credentials.",
    )
    command(
        commands,
        "settings",
        "settings_list:settings",
        "every setting with its value in force, secrets masked",
        "Exit code 2 where one is missing or wrong; all of them are named.",
    )
    command(commands, "campaigns", "listing:campaigns", "ids and names of the campaigns")
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
    recommend.add_argument(
        "--aht",
        type=take.seconds,
        metavar="SECONDS",
        help="handle time; policy tutorial plans without it",
    )
    add_policy(recommend)
    recommend.add_argument(
        "--abandon-cap",
        type=take.abandon_share,
        metavar="SHARE",
        help="highest abandon rate to aim at; else DIALCAST_ABANDON_CAP",
    )
    add_time_zone(recommend)
    recommend.add_argument("--out", type=take.json_out, metavar="F.json")


def _declare_propose(commands: "Commands[ArgumentParser]") -> None:
    what = group(commands, "propose", "store a proposal for review")
    pacing = command(
        what,
        "pacing",
        "propose:pacing",
        "propose a pacing change",
        "Makes a new forecast first where none has seen the last full hour.",
    )
    add_campaign(pacing)
    add_skill(pacing)
    add_policy(pacing)
    campaign = command(
        what,
        "campaign",
        "propose:campaign",
        "propose a campaign draft for a queue's low-volume windows",
        "Makes a new forecast first where none has seen the last full hour.",
    )
    campaign.add_argument(
        "--queue", metavar="ID", type=take.some_text, help="else GENESYS_QUEUE_ID"
    )
    campaign.add_argument("--name", type=take.some_text, help="of the campaign")
    for each in (pacing, campaign):
        add_person(each)
        add_reason(each, required=True)


def _declare_proposals(commands: "Commands[ArgumentParser]") -> None:
    proposals = command(
        commands, "proposals", "proposals:list_all", "list, show, decide, push, verify, undo"
    )
    proposals.add_argument("--state", action="append", metavar="S", help="only of this state")
    what = proposals.add_subparsers(metavar="WHAT", title="what")
    listed = command(what, "list", "proposals:list_all", "list proposals, newest first")
    listed.add_argument(
        "--state", action="append", metavar="S", default=SUPPRESS, help="only of this state"
    )
    says = {
        "show": "show one with its diff, checks and history",
        "approve": "approve one, by the digest of its plan",
        "reject": "reject one",
        "withdraw": "take one back",
        "push": "push an approved one, once, and read it back",
        "verify": "read the tenant back; after a lost answer this settles what is true",
        "undo": "propose to bring the old values back",
    }
    for name, text in says.items():
        each = command(what, name, f"proposals:{name}", text)
        each.add_argument("proposal_id", metavar="ID", type=take.some_text)
        if name != "show":
            add_person(each, required=name != "verify")
        if name in ("approve", "reject", "withdraw", "undo"):
            add_reason(each, required=name == "undo")


def _declare_audit(commands: "Commands[ArgumentParser]") -> None:
    audit = command(commands, "audit", "audit:list_all", "read, check and export the audit")
    add_since(audit, default=None)
    what = audit.add_subparsers(metavar="WHAT", title="what")
    add_since(command(what, "list", "audit:list_all", "list what was done, oldest first"))
    command(
        what,
        "verify",
        "audit:verify",
        "check that every entry stands as it was written",
        "Exit code 3 where one does not.",
    )
    export = command(what, "export", "audit:export", "write the audit, one JSON object a line")
    add_since(export)
    export.add_argument("--out", type=take.jsonl_out, required=True, metavar="F.jsonl")
