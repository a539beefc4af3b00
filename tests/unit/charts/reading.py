"""What a test reads of a picture: what is sent, its words, grounds, labels and bands."""

import json

import pandas as pd
import pytest

from core.charts.picture import Picture


def sent(picture: Picture) -> dict:
    """Return what goes to the browser; refuse anything that JSON does not know."""
    return json.loads(picture.figure.to_json(), parse_constant=pytest.fail)


def words(picture: Picture) -> list[str]:
    return [note["text"] for note in sent(picture)["layout"].get("annotations", [])]


def grounds(picture: Picture) -> list[dict]:
    shapes = sent(picture)["layout"].get("shapes", [])
    return [shape for shape in shapes if shape["type"] == "rect" and "fillcolor" in shape]


def labels(picture: Picture) -> list[str]:
    return [entry.label for entry in picture.legend]


def with_levels(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the bands of 50 and 80 % beside their own."""
    half = rows["yhat_upper"] - rows["yhat"]
    bounds = {
        f"{side}_{level}": rows["yhat"] + sign * part * half
        for level, part in ((50, 0.3), (80, 0.6))
        for side, sign in (("lower", -1), ("upper", 1))
    }
    return rows.assign(**bounds)


def fills(picture: Picture) -> list[dict]:
    return [trace for trace in sent(picture)["data"] if trace.get("fill") == "toself"]
