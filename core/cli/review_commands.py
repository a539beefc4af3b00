"""The commands of review and audit, and their options: propose, proposals, audit."""

from argparse import SUPPRESS, ArgumentParser

from core.cli import arguments as take
from core.cli.options import (
    Commands,
    add_campaign,
    add_person,
    add_policy,
    add_reason,
    add_since,
    add_skill,
    command,
    group,
)


def declare_propose(commands: "Commands[ArgumentParser]") -> None:
    """Declare what stores proposals."""
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
    pacing.add_argument(
        "--day",
        dest="is_day",
        action="store_true",
        help="the whole day, one row for each hour; the worker pushes each in its time",
    )
    pacing.add_argument(
        "--replan-every",
        type=int,
        choices=(15, 60),
        metavar="MINUTES",
        help="with --day: ask for leave to plan the rest anew every 15 or 60 minutes, within"
        " bounds that the diff shows",
    )
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
    campaign.add_argument(
        "--template",
        type=take.some_text,
        metavar="CAMPAIGN",
        help="campaign to copy, by its id; needed where drafts are copies",
    )
    schedule = command(
        what,
        "schedule",
        "propose:schedule",
        "propose the schedule of a draft that was created without one",
        "Offered by itself when the draft is verified; this offers it once more.",
    )
    schedule.add_argument(
        "--proposal", metavar="ID", type=take.some_text, required=True, help="the draft's"
    )
    for each in (pacing, campaign, schedule):
        add_person(each)
        add_reason(each, required=True)


def declare_proposals(commands: "Commands[ArgumentParser]") -> None:
    """Declare what lists, decides, pushes and halts them."""
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
    halts = {
        "pause": "push nothing more of a plan of a day until it is resumed",
        "resume": "push the hours ahead of a paused plan of a day again",
        "stop": "end a plan of a day",
    }
    for name, text in halts.items():
        each = command(what, name, f"proposals:{name}", text, "Acts at once, without approval.")
        each.add_argument("proposal_id", metavar="ID", type=take.some_text)
        add_person(each)
        add_reason(each, required=False)


def declare_audit(commands: "Commands[ArgumentParser]") -> None:
    """Declare what reads the audit."""
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
