"""Gateways to a tenant: what `core.ports` asks for, over HTTP or in memory.

wire                 a call, an answer, a lost answer: values, no network
refusals             outcomes to errors, in an operator's words
http                 the thin transport: sends once, translates httpx
oauth                the token: kept, renewed, fetched anew after a 401
retry                what is repeated, after how long, under one deadline
exchange             the three above together: reads that insist, writes that are sent once
paging               page after page, never for ever
tutorial_wire        requests of the tutorial dialect
tutorial_records     its records to frames
tutorial_campaigns   its campaigns and queues, as they are read
tutorial_updates     its campaign documents, on their way back
tutorial_permissions what its scopes and trial reads say about permissions
tutorial_reader      its reading half
tutorial_writer      its writing half
tutorial             both, connected
memory               a tenant in memory that keeps the same promises
"""
