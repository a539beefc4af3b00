"""`dialcast simulator` with its options: size, rights, licences."""

import subprocess

import httpx

from tests.contract.command_line import DIALCAST
from tests.contract.platform_client import WFM, sign_in
from tests.contract.simulated import ONE

COMMAND = [DIALCAST, "simulator"]


def test_size_rights_and_licences_are_those_that_were_asked_for():
    options = ["--port", "0", "--queues", "30", "--no-wfm", "--without", "outbound:campaign:edit"]
    with subprocess.Popen([*COMMAND, *options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with httpx.Client(base_url=process.stdout.readline().strip()) as client:
            sign_in(client)
            queues = client.get("/api/v2/routing/queues").json()["total"]
            edit = client.patch(ONE, json={"abandonRate": 2.0})
            plan = client.get(f"{WFM}/businessunits")
        process.terminate()

    assert queues == 30 + 6
    assert edit.json()["code"] == "missing.permissions"
    assert plan.status_code == 403


def test_a_permission_that_there_is_not_is_wrong_usage():
    done = subprocess.run(
        [*COMMAND, "--port", "0", "--without", "outbound:everything"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "outbound:everything" in done.stderr
    assert "outbound:campaign:edit" in done.stderr
