"""Review: one proposal, whole, and what the person who looks at it may do with it.

What the tenant has now is read at most every half minute, for looking; a push reads it by itself.
"""

from collections.abc import Iterable

from core.errors import DashboardError
from core.exports.json_values import json_text
from core.exports.proposal_json import proposal_document
from core.screens.context import Context, may
from core.screens.inbox import NEEDS_SOMEBODY, is_on_same, is_undo_of
from core.screens.moments import Moment
from core.screens.recent import Recent
from core.screens.review_day import day_hours_of
from core.screens.review_kinds import name_of, words_of
from core.screens.review_rows import diff_of, ways_of, windows_of
from core.screens.review_story import consequence_of, digest_words, does_of, history_of, walk_of
from core.screens.review_view import CAME_TO_NOTHING, Allowed, Detail, Link
from core.screens.review_words import banner_of
from core.services.reading import look_or_gone
from core.workflow.approval import Person, Step, is_same_person, moves_open_to
from core.workflow.audit import AuditEntry
from core.workflow.pairs import AT_THE_TENANT, HalfDone, half_done, is_scheduled_apart, schedule_of
from core.workflow.plan import Check, CheckState, Plan, PlanKind
from core.workflow.proposal import Proposal, ProposalState
from core.workflow.reversal import is_reversible
from core.workflow.verification import Settlement

UNDECIDED = (ProposalState.SUBMITTED, ProposalState.APPROVED)
CHECK_SECONDS = 1.0
"""How long a proposal's page waits to tell how the tenant stands to it."""
COMPARABLE = (*AT_THE_TENANT, ProposalState.PUSHING)
PACING_PAGE, DRAFTS_PAGE = "pages/pacing.py", "pages/drafts.py"
REVIEW_PAGE, AUDIT_PAGE = "pages/review.py", "pages/audit.py"


def push_subject(proposal_id: str) -> str:
    """Return the subject of the job that pushes or verifies a proposal."""
    return f"push:{proposal_id}"


def push_label(proposal_id: str) -> str:
    """Return what the job that pushes a proposal is called."""
    return f"Push {proposal_id}"


def detail(context: Context, recent: Recent, proposal_id: str, person: Person) -> Detail:
    """Return one proposal for somebody.

    Parameters
    ----------
    context : Context
        What is looked through.
    recent : Recent
        Keeps what the tenant told a moment ago.
    proposal_id : str
        One that exists; `RecordNotFound` otherwise.
    person : Person
        Who looks.
    """
    # First the job, then the proposal: what ends in between is seen ended.
    is_busy = context.work.running(push_subject(proposal_id)) is not None
    with context.unit_of_work() as work:
        proposal = work.proposals.get(proposal_id)
        known = work.proposals.all()
        entries = own_entries(work.audit.entries(), proposal_id)
    later = later_on_same(proposal, known)
    pair = next((each for each in half_done(known) if each.draft.proposal_id == proposal_id), None)
    plan, told = proposal.plan, Moment(context.clock.now(), context.settings.time_zone)
    changed = sum(each.now != each.proposed for each in plan.changes)
    return Detail(
        proposal=proposal,
        title=f"{proposal_id} · {plan.target_name}: {name_of(plan)}",
        said_at=told.at(proposal.created_at),
        banner=None if is_busy else banner_of(proposal, told, pair),
        walk=() if is_busy else walk_of(entries, told),
        diff=diff_of(plan, told.zone),
        day_hours=day_hours_of(plan),
        diff_title=f"What changes: {changed} of {len(plan.changes)} fields"
        if plan.kind is not PlanKind.CAMPAIGN
        else "What is to be created",
        ways=ways_of(proposal, told.zone),
        windows=windows_of(plan, told.zone),
        does=does_of(plan, told),
        consequence=consequence_of(plan),
        checks=(
            *context.permission.plan_of(proposal).checks,
            *_tenant_check(context, recent, proposal, told),
        ),
        history=history_of(entries, told),
        digest=digest_words(plan.digest),
        allowed=_allowed(context, proposal, later, pair, person, is_busy),
        links=_links(proposal, later, schedule_of(proposal, known)),
        document=json_text(proposal_document(proposal, entries)).strip(),
        is_busy=is_busy,
    )


def own_entries(entries: Iterable[AuditEntry], proposal_id: str) -> tuple[AuditEntry, ...]:
    """Return the audit entries of one proposal, oldest first."""
    return tuple(each for each in entries if each.event.proposal_id == proposal_id)


def later_on_same(proposal: Proposal, proposals: Iterable[Proposal]) -> Proposal | None:
    """Return the newest proposal that came after another on the same campaign and counts."""
    for each in proposals:
        if each.proposal_id == proposal.proposal_id:
            return None
        is_after = is_on_same(each.plan, proposal.plan) or is_undo_of(each.plan, proposal)
        if each.state not in CAME_TO_NOTHING and is_after:
            return each
    return None


def _allowed(
    context: Context,
    proposal: Proposal,
    later: Proposal | None,
    pair: HalfDone | None,
    person: Person,
    is_busy: bool,
) -> Allowed:
    if is_busy:
        return Allowed()
    if not person.name:
        is_waiting = proposal.state in UNDECIDED
        return Allowed(note="Give your name at the top to act on this." if is_waiting else "")
    state, four_eyes = proposal.state, context.settings.four_eyes
    may_propose = may(person, Step.PROPOSE) and later is None
    plan, is_draft = proposal.plan, proposal.plan.kind is PlanKind.CAMPAIGN
    is_undoable = is_reversible(proposal) and (not is_draft or is_scheduled_apart(plan))
    return Allowed(
        moves=moves_open_to(proposal, person, four_eyes, context.clock.now()),
        can_verify=state in COMPARABLE and may(person, Step.VIEW),
        can_undo=is_undoable and may_propose,
        can_renew=state in NEEDS_SOMEBODY and not is_draft and may_propose,
        can_schedule=pair is not None and not pair.is_waiting and may_propose,
        note=_note(proposal, person, four_eyes),
    )


def _note(proposal: Proposal, person: Person, four_eyes: bool) -> str:
    if proposal.state is ProposalState.APPROVED and not may(person, Step.PUSH):
        return f"You are a {person.role}: somebody who is a supervisor pushes it."
    if proposal.state is not ProposalState.SUBMITTED:
        return ""
    if not may(person, Step.DECIDE):
        return f"You are a {person.role}: somebody who is a supervisor decides."
    if four_eyes and is_same_person(person.name, proposal.author):
        return "You proposed this; another person decides."
    if proposal.plan.is_blocked:
        return "A check blocks this proposal: it can only be rejected."
    return ""


def _tenant_check(
    context: Context, recent: Recent, proposal: Proposal, told: Moment
) -> tuple[Check, ...]:
    """Compare what waits with the tenant as it is; nothing where nothing waits."""
    if proposal.state not in UNDECIDED:
        return ()
    plan = proposal.plan

    def ask() -> tuple[Settlement, str]:
        finding = look_or_gone(context.tenant, proposal)
        return finding.settlement, str(finding.seen.revision or "") if finding.seen else ""

    reading = recent.read(
        ("tenant", proposal.proposal_id),
        ask,
        stamp=proposal.version,
        patience_seconds=CHECK_SECONDS,
    )
    if reading.value is None or reading.read_at is None or reading.trouble is not None:
        return (_unread(reading.trouble),)
    return (_compared(plan, *reading.value, told.short(reading.read_at)),)


def _unread(trouble: DashboardError | None) -> Check:
    why = trouble.what if trouble else ""
    return Check(
        "tenant", CheckState.WARNING, f"What the tenant has now could not be read. {why}".strip()
    )


def _compared(plan: Plan, found: Settlement, revision: str, read: str) -> Check:
    before = plan.base.revision if plan.base else None
    if plan.kind is PlanKind.CAMPAIGN:
        is_free = found is Settlement.UNTOUCHED
        message = (
            "is free at the tenant" if is_free else "is taken: a push will be refused as stale"
        )
        state = CheckState.PASS if is_free else CheckState.WARNING
        return Check("tenant", state, f"The campaign's name {message}, read {read}.")
    if found is Settlement.UNTOUCHED:
        at = f"revision {before}, " if before else ""
        return Check("tenant", CheckState.PASS, f"The tenant is unchanged since: {at}read {read}.")
    if found is Settlement.APPLIED:
        message = "The tenant is as proposed already: a push would send nothing."
        return Check("tenant", CheckState.WARNING, message)
    changed = words_of(plan).changed
    moved = f" (revision {before} → {revision})" if before and revision else ""
    return Check(
        "tenant",
        CheckState.WARNING,
        f"{changed[:1].upper()}{changed[1:]} since{moved}, read {read}: a push will be refused as"
        " stale.",
    )


def _links(
    proposal: Proposal, later: Proposal | None, schedule: Proposal | None
) -> tuple[Link, ...]:
    plan, links = proposal.plan, []
    if schedule is not None:
        label = f"Its schedule is {schedule.proposal_id}"
        links.append(Link(label, REVIEW_PAGE, {"proposal": schedule.proposal_id}))
    if plan.follows:
        label = f"It schedules the draft of {plan.follows}"
        links.append(Link(label, REVIEW_PAGE, {"proposal": plan.follows}))
    if later is not None:
        links.append(
            Link(
                f"{later.proposal_id} came after it on this campaign",
                REVIEW_PAGE,
                {"proposal": later.proposal_id},
            )
        )
    if plan.reverses:
        links.append(Link(f"It undoes {plan.reverses}", REVIEW_PAGE, {"proposal": plan.reverses}))
    is_over = proposal.state in (*CAME_TO_NOTHING, *NEEDS_SOMEBODY)
    if is_over and plan.kind is PlanKind.CAMPAIGN:
        queue = str(plan.evidence.get("queueId", ""))
        links.append(Link("Draft it again", DRAFTS_PAGE, {"queue": queue}))
    elif is_over and later is None and plan.kind is PlanKind.PACING:
        links.append(Link("Open its pacing", PACING_PAGE, {"campaign": plan.target_id}))
    links.append(
        Link("Its entries in the audit", AUDIT_PAGE, {"find": proposal.proposal_id, "span": "all"})
    )
    return tuple(links)
