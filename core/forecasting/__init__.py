"""From the history frame to forecasts, and what they were worth so far."""
