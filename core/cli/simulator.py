"""The local tenant alone, as an HTTP server, until Ctrl-C.

Nothing of it is kept: a restart forgets what was changed.
"""

import sys
from argparse import Namespace
from functools import partial

from core.cli.exit_codes import DONE
from core.cli.output import note, print_document, say
from core.setting_tenant import SIMULATOR_CLIENT_ID, SIMULATOR_CLIENT_SECRET, SIMULATOR_PORT
from core.settings import read_setting
from core.simulator.platform.operations import known_permissions
from core.simulator.server import serve_simulator
from core.simulator.traits import USUAL_QUEUES, Traits
from core.simulator.world import DEFAULT_SEED


def simulator(arguments: Namespace) -> int:
    """Serve the local tenant; its address is the first line."""
    port = SIMULATOR_PORT if arguments.port is None else arguments.port
    serve_simulator(
        port=port,
        seed=DEFAULT_SEED if arguments.seed is None else arguments.seed,
        faults=arguments.faults,
        client_id=read_setting("GENESYS_CLIENT_ID", SIMULATOR_CLIENT_ID),
        client_secret=read_setting("GENESYS_CLIENT_SECRET", SIMULATOR_CLIENT_SECRET),
        announce=partial(_announce, as_json=arguments.as_json),
        traits=Traits(
            queues=arguments.queues or USUAL_QUEUES,
            without=known_permissions(arguments.without),
            has_workforce=not arguments.no_wfm,
        ),
    )
    return DONE


def _announce(address: str, *, as_json: bool) -> None:
    if as_json:
        print_document({"address": address})
    else:
        say(address)
    sys.stdout.flush()
    note("The simulated tenant runs until Ctrl-C.")
