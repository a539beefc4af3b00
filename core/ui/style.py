"""The few rules of style that the theme cannot say."""

import streamlit as st

from core.charts.theme import Palette

PAGE_KEY = "page"
CHART_PREFIX = "chart-"
PRIMARY_PREFIX = "primary-"
"""Keys of primary buttons begin so; their text follows the theme by it."""


def style_rules(palette: Palette) -> str:
    """Return the rules for a palette, as a style element.

    Figures stand under one another; on a desk screen the page is wider than Streamlit's padding
    lets it be; the text of a primary button is dark in the dark theme, where Streamlit leaves it
    white on a light blue (2.3 : 1).
    """
    primary_text = palette.page if palette.name == "dark" else "#FFFFFF"
    return f"""<style>
.st-key-{PAGE_KEY} {{ font-variant-numeric: tabular-nums; }}
@media (min-width: 1000px) {{
  .st-key-{PAGE_KEY} {{ margin-inline: -2.5rem; width: calc(100% + 5rem); max-width: none; }}
}}
[class*="st-key-{PRIMARY_PREFIX}"] button:not(:disabled) p {{ color: {primary_text}; }}
.legend {{ display: flex; flex-wrap: wrap; gap: 0.1rem 1.1rem; padding: 0 0 0.15rem 0.25rem;
  font-size: 0.857rem; line-height: 1.5; color: {palette.text}; }}
.legend-entry {{ display: inline-flex; align-items: center; gap: 0.45rem; white-space: nowrap; }}
.st-key-{PAGE_KEY} [class*="st-key-{CHART_PREFIX}"] {{ container-type: inline-size; }}
{_thinned(700, 2)}
{_thinned(430, 3)}
{_BARE_BARS}
</style>"""


_BARE_BARS = (
    "@container (max-width: 560px) { .points:has(> .point:nth-child(9)) .bartext-outside"
    " { display: none; } }"
)
"""Numbers over many bars on a narrow chart: Plotly leaves the few that happen to fit."""


def _thinned(width: int, step: int) -> str:
    """Return the rule that leaves every nth label of a crowded time axis on a narrow chart.

    Plotly sets as many labels as it is told, whatever the width.
    """
    crowded = ".xaxislayer-above:has(> g.xtick:nth-child(9 of g.xtick))"
    others = f"g.xtick:not(:nth-child({step}n + 1 of g.xtick))"
    return f"@container (max-width: {width}px) {{ {crowded} > {others} {{ display: none; }} }}"


def apply_style(palette: Palette) -> None:
    """Put the rules into the page; they hold at once, also when the theme changes."""
    st.html(style_rules(palette))
