"""From domain objects to files and JSON documents, and back; text in and out, nothing is opened.

json_values          what may stand in a JSON document; its text
csv_table            a CSV file as columns of text, each value with its line
csv_values           times and numbers of a CSV file
csv_text             a frame as CSV text
history_csv          volume, answer-rate and capacity files
forecast_json        forecast documents
forecast_csv         forecast rows of any number of series
forecast_files       forecast files read back, ours or with the tutorial's keys alone
recommendation_json  recommendation documents
proposal_json        proposal documents
audit_jsonl          the audit, one JSON object per line
schemas              one JSON schema file per document
"""
