"""The thinking behind Dialcast; pages only draw what it says.

errors       every error, as one tree
units        names for bare values
documents    JSON documents: canonical text, digest, value at a path
clock        where "now" comes from
campaigns    the tenant's nouns
permissions  what a tenant lets us do
dialler      what a tenant tells of its dialler
staffing     agents by hour, and how they are known
regions      regions of the platform and their addresses
frames       the columns of every frame that crosses a package border
settings     the only reader of environment and secrets
setting_source  how a setting is looked up and its text read
setting_tenant  which tenant the settings name, and how it is reached
history      tenant records to the tidy history frame
forecasting  history to forecasts, backtests and scores
pacing       forecast and staffing to recommendations and windows
workflow     plan, proposal, lifecycle, approval, verification, audit
ports        what the services need from the world
tenant_ports what they need from a tenant
record_ports what they keep of a tenant and its series
charts       frames to pictures
exports      domain objects to files and JSON documents, and back
services     one use case per file
tenants      gateways to a tenant
store        proposals, audit, forecasts and history on disk
simulator    the local tenant, with a model of its own
bootstrap    settings to services: the one place where choices are wired
screens      one view model per page
ui           Streamlit helpers
cli          batch commands over the same services
"""
