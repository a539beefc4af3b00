"""Plain text stays plain, whatever it looks like."""

import pytest

from core.ui.words import echo, plain, prose

TRICKS = [
    "**bold** _it_ ~~gone~~",
    "[a link](http://elsewhere)",
    "![a picture](x.png)",
    "<b>html</b> <script>x</script>",
    ":red[alarm] :material/home: :smile:",
    "$x^2$",
    "`code`",
    "# heading",
    "1. one",
    "- item",
    "| a | b |",
    "back\\slash",
]


@pytest.mark.parametrize("trick", TRICKS)
def test_every_sign_that_markdown_knows_is_escaped(trick: str) -> None:
    escaped = plain(trick)
    assert escaped.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\") == trick
    for sign in "*_`[]<>$~|#:!":
        assert escaped.count(sign) == escaped.count("\\" + sign)


def test_words_without_signs_are_left_as_they_are() -> None:
    assert plain("Winback Autumn, 3 823 calls (CET)").count("\\") == 2
    assert plain("At 11 h, 4 −> 5 %") == "At 11 h, 4 −\\> 5 %"


def test_a_template_keeps_its_emphasis_and_its_values_do_not_bring_their_own() -> None:
    assert prose("**{who}** asks", who=" *Ana* ") == "**\\*Ana\\*** asks"


def test_what_somebody_typed_is_shown_short_and_on_one_line() -> None:
    assert echo("a\n\n b") == "a b"
    assert len(echo("x" * 5000)) == 60
