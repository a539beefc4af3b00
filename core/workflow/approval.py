"""Who may do what: roles, and that nobody approves what they proposed.

Where no roles are set up, anybody may do everything, four eyes still in force. As soon as one
person has a role, whoever has none is refused. Nobody is authenticated here: a name is taken as
the caller gives it.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from core.errors import ApproverNotAllowed, SettingsError, UsageError
from core.workflow.lifecycle import Move, belongs, moves_from
from core.workflow.proposal import Proposal, clean_text


class Role(StrEnum):
    """What a person is here, from least to most."""

    VIEWER = "viewer"
    PLANNER = "planner"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Step(StrEnum):
    """What a person can be allowed to do."""

    VIEW = "view"
    PROPOSE = "propose"
    WITHDRAW_OWN = "withdraw their own proposals"
    WITHDRAW_ANY = "withdraw proposals of others"
    DECIDE = "approve or reject"
    PUSH = "push"
    HALT = "pause or stop a plan of a day"
    SETTINGS = "change settings"


_VIEWER = frozenset({Step.VIEW})
_PLANNER = _VIEWER | {Step.PROPOSE, Step.WITHDRAW_OWN, Step.HALT}
_SUPERVISOR = _PLANNER | {Step.WITHDRAW_ANY, Step.DECIDE, Step.PUSH}

PERMISSIONS: Mapping[Role, frozenset[Step]] = {
    Role.VIEWER: _VIEWER,
    Role.PLANNER: _PLANNER,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.ADMIN: _SUPERVISOR | {Step.SETTINGS},
}
"""What each role may do. Undo is a proposal like any other."""

STEP_NEEDED: Mapping[Move, Step] = {
    Move.SUBMIT: Step.PROPOSE,
    Move.APPROVE: Step.DECIDE,
    Move.REJECT: Step.DECIDE,
    Move.WITHDRAW: Step.WITHDRAW_OWN,
    Move.START_PUSH: Step.PUSH,
    Move.PAUSE: Step.HALT,
    Move.STOP: Step.HALT,
    Move.RESUME: Step.PUSH,
}
"""The moves that a person makes; the program makes the others."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role; None where no roles are set up at all."""

    name: str
    role: Role | None = None


PROGRAM = Person("dialcast")
"""Who expires proposals and reads the tenant when nobody in particular asked."""


@dataclass(frozen=True)
class People:
    """The directory: who has which role.

    Parameters
    ----------
    roles : mapping of str to str
        Person to role, ``viewer``, ``planner``, ``supervisor`` or ``admin``. Empty: none set up.

    Raises
    ------
    SettingsError
        If a role is none of these.

    Examples
    --------
    >>> People({"Ana": "planner"}).person("ana")
    Person(name='Ana', role=<Role.PLANNER: 'planner'>)
    >>> People({}).person("Ana").role is None
    True
    """

    roles: Mapping[str, str]

    def __post_init__(self) -> None:
        known = [role.value for role in Role]
        wrong = sorted({role for role in self.roles.values() if role not in known})
        if wrong:
            raise SettingsError(
                f"There is no role {', '.join(wrong)}.", f"Use one of {', '.join(known)}."
            )

    @cached_property
    def _by_key(self) -> Mapping[str, Person]:
        return {_key(name): Person(_tidy(name), Role(role)) for name, role in self.roles.items()}

    @property
    def has_roles(self) -> bool:
        """Whether roles are set up."""
        return bool(self.roles)

    def person(self, name: str) -> Person:
        """Return a person by name; case and spacing do not matter.

        Raises
        ------
        UsageError
            If the name is empty.
        ApproverNotAllowed
            If roles are set up and the person has none.
        """
        if not _tidy(name):
            raise UsageError("Nobody was named.", "Say who does this.")
        if not self.roles:
            return Person(_tidy(name))
        found = self._by_key.get(_key(name))
        if found is None:
            raise ApproverNotAllowed(
                f"{_tidy(name)} has no role here.", "Ask an administrator for a role."
            )
        return found


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, whatever their case and spacing.

    Examples
    --------
    >>> is_same_person("Ana Pires", " ana  pires")
    True
    """
    return _key(one) == _key(other)


def is_allowed(role: Role | None, step: Step) -> bool:
    """Whether a role may take a step; with no roles set up everybody may.

    Examples
    --------
    >>> is_allowed(Role.PLANNER, Step.PUSH), is_allowed(None, Step.PUSH)
    (False, True)
    """
    return role is None or step in PERMISSIONS[role]


def check_allowed(person: Person, step: Step) -> None:
    """Raise `ApproverNotAllowed` where a person's role does not allow a step."""
    if is_allowed(person.role, step):
        return
    enough = [role.value for role in Role if step in PERMISSIONS[role]]
    raise ApproverNotAllowed(
        f"{person.name} is a {person.role} and may not {step.value}.",
        f"Ask somebody who is {' or '.join(enough)}.",
    )


def check_decision(proposal: Proposal, person: Person, four_eyes: bool) -> None:
    """Raise `ApproverNotAllowed` where a person may not approve or reject a proposal.

    Parameters
    ----------
    proposal : Proposal
        To be decided.
    person : Person
        Who wants to decide.
    four_eyes : bool
        Whether nobody approves what they proposed.
    """
    check_allowed(person, Step.DECIDE)
    if four_eyes and is_same_person(proposal.author, person.name):
        raise ApproverNotAllowed(
            f"{person.name} proposed {proposal.proposal_id} and may not decide it too.",
            "Ask another person to decide, or withdraw it.",
        )


def check_withdrawal(proposal: Proposal, person: Person) -> None:
    """Raise `ApproverNotAllowed` where a person may not withdraw a proposal."""
    own = is_same_person(proposal.author, person.name)
    check_allowed(person, Step.WITHDRAW_OWN if own else Step.WITHDRAW_ANY)


def moves_open_to(
    proposal: Proposal, person: Person, four_eyes: bool, at: datetime
) -> tuple[Move, ...]:
    """Return the moves that a person may make now: the buttons beside a proposal.

    Parameters
    ----------
    proposal : Proposal
        As it is stored.
    person : Person
        Who looks at it.
    four_eyes : bool
        Whether nobody approves what they proposed.
    at : datetime
        Aware; what is too old can only be rejected or withdrawn.
    """
    return tuple(
        name
        for name in moves_from(proposal.state)
        if name in STEP_NEEDED
        and belongs(name, proposal.plan.kind)
        and _is_open(proposal, name, person, four_eyes, at)
    )


def _is_open(proposal: Proposal, name: Move, person: Person, four_eyes: bool, at: datetime) -> bool:
    try:
        if name in (Move.APPROVE, Move.REJECT):
            check_decision(proposal, person, four_eyes)
        elif name is Move.WITHDRAW:
            check_withdrawal(proposal, person)
        else:
            check_allowed(person, STEP_NEEDED[name])
    except ApproverNotAllowed:
        return False
    late = proposal.is_expired(at) and name in (Move.APPROVE, Move.START_PUSH)
    return not late and not (name is Move.APPROVE and proposal.plan.is_blocked)


def _tidy(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", clean_text(name)).split())


def _key(name: str) -> str:
    return _tidy(name).casefold()
