"""A frame as CSV text, the way every file of this program is written."""

import numpy as np
import pandas as pd


def csv_text(frame: pd.DataFrame) -> str:
    r"""Return a frame as CSV text: times with their offset, whole numbers without a point.

    Parameters
    ----------
    frame : DataFrame
        Times aware; a missing number becomes an empty value.

    Returns
    -------
    str
        With a header. A number reads back as exactly the same number.

    Examples
    --------
    >>> hours = pd.date_range("2026-11-23T09:00Z", periods=1, freq="h")
    >>> csv_text(pd.DataFrame({"ds": hours, "agents": [12.0], "yhat": [0.1]}))
    'ds,agents,yhat\n2026-11-23T09:00:00+00:00,12,0.1\n'
    """
    columns = [_column_texts(frame, str(name)) for name in frame.columns]
    lines = [",".join(map(_cell, map(str, frame.columns)))]
    lines += [",".join(cells) for cells in zip(*columns, strict=True)]
    return "\n".join(lines) + "\n"


def _column_texts(frame: pd.DataFrame, name: str) -> list[str]:
    column = frame[name]
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        moments = pd.DatetimeIndex(column).tz_convert("UTC").tz_localize(None)
        texts = np.datetime_as_string(moments.to_numpy("datetime64[s]"))
        return [f"{text}+00:00" for text in texts.tolist()]
    if pd.api.types.is_numeric_dtype(column):
        return [_number_text(number) for number in column.to_numpy("float64").tolist()]
    cells = {text: _cell(str(text)) for text in column.unique()}
    return [cells[text] for text in column]


def _cell(text: str) -> str:
    # By hand, because csv.writer leaves a lone carriage return unquoted and then splits on it.
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if any(mark in text for mark in ',"\r\n') else text


def _number_text(number: float) -> str:
    if number != number:
        return ""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
