"""The local tenant: an HTTP server with its own model of a contact centre.

seeds         repeatable randomness, by entity and time
calendar      local days, public holidays, opening hours
shapes        how a day is spread over its hours
centre        who the tenant is; ids that never change
queues        the 24 queues and their character, and as many more as are asked for
demand        contacts of a queue, hour by hour
campaigns     the 6 campaigns and their character
answering     the chance that a call is answered
rosters       agents on shift, scheduled and present
dialler       what pacing and agents make of an hour
pacing        which pacing was in force when
dialling      the dialler at work, each hour with the luck of its own
dialled       what an hour of dialling came to
outbound      attempts and answers of a campaign, hour by hour
documents     the campaigns' documents as the tenant starts with them
traits        size, rights and limits that can be chosen
rulebook      which campaign documents the tenant takes
ledger        campaigns as they are now, and the writes that made them so
world         all of the above behind one clock
records       history as it goes over the wire, with its oddities
requests      leave to go on, and the world a request is about
queries       what a request asks for, or why it cannot be
tokens        who may ask, and in which dialect
refusals      how the tenant says no
faults        how the tenant misbehaves, on demand
gate          the faults, applied to requests
routes_*      the operations of the tutorials' dialect
platform      the published platform API, over the same world
listening     where it listens
server        the running server

It imports nothing that forecasts, paces or speaks to a tenant: a simulator that shared our
formulas would agree with our mistakes.
"""
