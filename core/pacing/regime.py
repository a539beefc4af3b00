"""Abandonment limits by regulator: what is limited, over which window, and where that is written.

Reading aids for operators, not law: a text may have changed since it was read, and which rule
applies to whom is for a lawyer to say. No regime changes a plan by itself; `Guardrails` brings the
chosen one together with the operator's own limit.
"""

from dataclasses import dataclass
from enum import StrEnum

NO_LEGAL_ADVICE = (
    "Limits are reading aids and no legal advice: have the rules that apply to you checked."
)


class Window(StrEnum):
    """Over which stretch of time a limit counts."""

    DAY = "day"
    """Midnight to midnight, by the centre's clock."""
    THIRTY_DAYS = "30 days"
    MONTH = "calendar month"


class Certainty(StrEnum):
    """How well a regime's text is known here."""

    READ = "read in the regulator's text or a quotation of it"
    SECONDARY = "read in a secondary source only"
    TO_BE_CHECKED = "from general knowledge; check before relying on it"
    OWN = "set by the operator"


@dataclass(frozen=True, slots=True)
class Regime:
    """A limit on abandoned calls.

    Parameters
    ----------
    name, title : str
        How it is chosen, and how it is shown.
    limit : float
        Highest abandon rate. Unit: share.
    window : Window
        Over which the rate is taken.
    scope : str
        What the rate is taken of: one campaign, or a call centre.
    counted : str
        The ratio, in words.
    counts_false_positives : bool
        Whether live answers that a detector took for machines count as abandoned.
    source : str
        Where the rule stands.
    certainty : Certainty
        How well that is known here.
    caveat : str
        What a reader has to know; empty where nothing.
    """

    name: str
    title: str
    limit: float
    window: Window
    scope: str
    counted: str
    counts_false_positives: bool
    source: str
    certainty: Certainty
    caveat: str = ""

    def limit_for(self, false_positive_share: float) -> float:
        """Return the limit on what the dialler itself can see.

        Parameters
        ----------
        false_positive_share : float
            Live answers that the detector takes for machines, over those it does not. The dialler
            hangs up on them and does not count them.

        Returns
        -------
        float
            Abandoned over live answers as the dialler counts them, a share; 0 where the detector
            alone uses up the limit.

        Examples
        --------
        >>> round(REGIMES["uk-ofcom"].limit_for(0.01), 4)
        0.0203
        >>> REGIMES["us-ftc"].limit_for(0.01)
        0.03
        """
        if not self.counts_false_positives:
            return self.limit
        return max(0.0, self.limit * (1 + false_positive_share) - false_positive_share)


_LIVE = "abandoned calls over calls answered by a person"
_CAMPAIGN = "one calling campaign"

REGIMES = {
    regime.name: regime
    for regime in (
        Regime(
            "custom",
            "the operator's own limit",
            1.0,
            Window.DAY,
            _CAMPAIGN,
            _LIVE,
            False,
            "DIALCAST_ABANDON_CAP",
            Certainty.OWN,
            "No regulator's limit is chosen: DIALCAST_REGIME names one.",
        ),
        Regime(
            "us-ftc",
            "United States, FTC Telemarketing Sales Rule",
            0.03,
            Window.THIRTY_DAYS,
            _CAMPAIGN,
            f"{_LIVE}; abandoned: no representative within 2 seconds of the greeting's end",
            False,
            "16 CFR 310.4(b)(1)(iv) and (b)(4)(i)",
            Certainty.READ,
            "Over the campaign's life where it is under 30 days, else over each successive 30 days."
            " The safe harbour also asks for 15 seconds or four rings, a recorded message and"
            " records: (b)(4)(ii) to (iv).",
        ),
        Regime(
            "us-fcc",
            "United States, FCC rules under the TCPA",
            0.03,
            Window.THIRTY_DAYS,
            _CAMPAIGN,
            f"{_LIVE}; abandoned: no representative within 2 seconds of the greeting's end",
            False,
            "47 CFR 64.1200(a)(7)",
            Certainty.SECONDARY,
            "Over each successive 30 days of a longer campaign. Also asks for a message with name,"
            " number and purpose, and a way to opt out.",
        ),
        Regime(
            "uk-ofcom",
            "United Kingdom, Ofcom on persistent misuse",
            0.03,
            Window.DAY,
            "one campaign or one call centre",
            "abandoned and falsely detected over those and live calls passed to an agent",
            True,
            "Ofcom, Persistent misuse: statement of policy, 20 December 2016, annexes 2 and 3",
            Certainty.SECONDARY,
            "Since 1 March 2017 no rate is tolerated as such: 3 % only ranks what Ofcom looks at"
            " first. Without an agent guaranteed, a number rests for 72 hours after an abandoned"
            " call.",
        ),
        Regime(
            "canada-crtc",
            "Canada, CRTC Unsolicited Telecommunications Rules",
            0.05,
            Window.MONTH,
            _CAMPAIGN,
            f"{_LIVE}; abandoned: no telemarketer within 2 seconds",
            False,
            "CRTC Unsolicited Telecommunications Rules, part III: Telecom Decision CRTC 2007-48",
            Certainty.SECONDARY,
            "Records of each month's rate are to be kept for three years.",
        ),
        Regime(
            "us-california",
            "California Public Utilities Commission",
            0.01,
            Window.MONTH,
            _CAMPAIGN,
            _LIVE,
            False,
            "California Public Utilities Code 2875.5; CPUC D.02-06-072 of June 2002",
            Certainty.TO_BE_CHECKED,
            "The stricter figure is taken: the Commission announced 1 % from January 2003, and its"
            " final decision of 2003 in Rulemaking 02-02-020 declined to require it and speaks of"
            " 3 %. The window is not known here; a calendar month is taken.",
        ),
    )
}
"""Name to regime."""
