"""People who look at the screens."""

from core.workflow.approval import Person, Role

PLANNER = Person("Paul Novak", Role.PLANNER)
VIEWER = Person("Vera Lind", Role.VIEWER)
