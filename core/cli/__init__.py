"""Batch commands over the same services as the pages.

main             parse, run, and turn what failed into a sentence and an exit code
parser           the parser of the whole command line
commands         every command and its options, declared
options          options that several commands share
arguments        what a value on the command line has to look like
exit_codes       what a command ends with
output           tables and documents on standard output, the rest on standard error
files            files that a command is given
series           work on many series, of which some may refuse
connection       settings and services for one command
settings_list    every setting in force
listing          check, campaigns, queues
history          history into a file
forecast         forecasts: which form, and how they are told
file_forecast    forecasts of the series in a file
tenant_forecast  forecasts of a tenant's series
backtest         what methods were worth on past cutoffs
pacing           recommendations: which form, and how they are told
tenant_pacing    recommendations from a tenant
propose          store a proposal
proposals        list, show, decide, push, verify, undo
proposal_text    a proposal as a person reads it
drift            which stored forecasts to retrain, and why
worker           tasks as they are due, until stopped
audit            read, check and export the audit
simulator        the local tenant alone
dashboard        the dashboard, and the local tenant with it

A command decides nothing that a service decides, and only `core.cli.output` and
`core.cli.dashboard` know that there is a terminal.
"""
