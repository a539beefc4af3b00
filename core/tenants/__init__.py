"""Gateways to a tenant: what `core.ports` asks for, over HTTP or in memory.

wire                 a call, an answer, a lost answer: values, no network
refusals             outcomes to errors, in an operator's words
http                 the thin transport: sends once, translates httpx
oauth                the token: kept, renewed, fetched anew after a 401
retry                what is repeated, after how long, under one deadline
pace                 how often is asked: counted, and slowed down in time
exchange             the four above together: reads that insist, writes that are sent once
paging               page after page, never for ever
values               times and counts that can be true
campaigns            campaigns and queues as they are read, in either dialect
seen                 what the tenant was seen to allow and to refuse, kept
trials               what trying a harmless read tells about a permission
silent_dialler       the one way to say that something is not offered
tutorial_wire        requests of the tutorial dialect
tutorial_records     its records to frames
tutorial_updates     its campaign documents, on their way back
tutorial_permissions what its scopes and trial reads say about permissions
tutorial_reader      its reading half
tutorial_writer      its writing half
tutorial             both, connected
genesys_wire         requests of the platform dialect: campaigns, queues, organisation
genesys_analytics_wire  its questions to the analytics
genesys_wfm_wire     its questions to workforce management
genesys_history      long questions, cut to what the platform answers
genesys_records      answers of the analytics to frames
genesys_campaigns    its campaigns and how they run, as they are read
genesys_steering     rules, schedules and callable times, as they are read
genesys_updates      what goes back: a few fields, or a whole document
genesys_rosters      on-queue time and shifts to agents by hour
genesys_wfm          agents ahead, and what stands in for them
genesys_dialler      live state, settings, rules, schedules, callable times
genesys_permissions  every operation, its permission, and whether it is held
genesys_reader       its reading half
genesys_writer       its writing half
genesys              both, connected
memory               a tenant in memory that keeps the same promises
"""
