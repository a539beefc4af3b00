"""One view model per page: what to show, what is allowed, which words. Draws nothing."""
