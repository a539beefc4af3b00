"""The published platform API, spoken by the same world as the tutorials' dialect.

kinds                  kinds of JSON values, and how a value is checked against one
vocabulary             metrics and dimensions of the analytics
bodies                 what a question may carry, field by field
campaign_bodies        the same for campaigns and their schedules
operation              what is known of one operation
operations             every operation: path, permission, parameters, body
operations_outbound    those on campaigns
operations_workforce   those on workforce management
refusals               how the platform says no
first_documents        the tenant's documents as it starts
twins                  one campaign in two dialects
campaign_writes        which changes of a campaign are taken
diallers               who dials for a campaign
changes                what was changed about a campaign
campaign_book          campaigns as they are now
recurrence             when a schedule turns its campaign on and off
schedule_book          the schedules, and the clock that obeys them
buckets                an interval, cut by a granularity
wanted                 what a question about history asks for, or why it cannot be had
rows                   what happened, by queue or campaign and slice of time
measures               the metrics of slices of time
history                answers to questions about history
asked                  a request that was let through, and the pages of an answer
campaigns              the operations on campaigns
live                   how campaigns are doing right now
summary                when a campaign was on, and what was changed
shifts                 who is scheduled when
planning               who plans what
day_plan               the plan of a day and of the people
workforce              business units, planning groups, activity codes
directory              the organisation, its queues and who is at them now
meter                  requests counted, limited and labelled
service                the operations behind one ASGI application

Its own description of the operations decides what is accepted; no client's model is used.
"""
