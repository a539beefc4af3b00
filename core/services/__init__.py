"""One use case per module: what pages and commands act through. Each sees ports and clocks only."""
