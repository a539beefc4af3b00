"""From forecast and staffing to recommendations and to windows for a campaign."""
