"""Words on a page: plain text stays plain, however it is spelt.

Names of campaigns and reasons come from outside; what looks like Markdown in them is shown as it
was written. Whoever wants emphasis writes a template and passes the names beside it.
"""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~$^:])")
_LINE_START = re.compile(r"(?m)^(\s*)(\d+)\.|^(\s*)-")
LONGEST_ECHO = 60


def plain(text: object) -> str:
    r"""Return a text as Markdown that shows it literally.

    Examples
    --------
    >>> plain("Win*back* [A]")
    'Win\\*back\\* \\[A\\]'
    """
    escaped = _SPECIAL.sub(r"\\\1", str(text))
    return _LINE_START.sub(
        lambda found: f"{found[1]}{found[2]}\\." if found[2] else f"{found[3]}\\-", escaped
    )


def prose(template: str, **values: object) -> str:
    """Return Markdown from a template of ours, with the values shown literally.

    Examples
    --------
    >>> prose("Answer rate **{now}** for {name}", now="31 %", name="A")
    'Answer rate **31 %** for A'
    """
    return template.format(**{name: plain(str(value).strip()) for name, value in values.items()})


def echo(text: str) -> str:
    """Return what somebody typed, short enough to be shown again.

    Examples
    --------
    >>> echo("x" * 100)[-3:]
    'xx…'
    """
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_ECHO else text[: LONGEST_ECHO - 1] + "…"
