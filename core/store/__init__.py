"""Proposals, audit, forecasts, history and jobs, kept in SQLite, PostgreSQL or memory."""
