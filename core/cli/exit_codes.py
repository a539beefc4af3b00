"""What the exit code of a command says to a script; nothing else is ever returned."""

DONE = 0
REFUSED = 1
"""By a rule: a guardrail, a wrong state, stale, not allowed."""
WRONG_USAGE = 2
"""Or settings."""
FAILED = 3
"""The tenant or the data."""
INTERRUPTED = 128 + 2
"""Ctrl-C, as shells count."""
PIPE_CLOSED = 128 + 13
"""Whoever read the output is gone, as shells count."""
