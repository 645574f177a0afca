"""`confab-sim`: a failure is found again by the commands that are printed with it."""

import json
import shlex
import subprocess

from servers import program


def simulate(*options):
    """What the simulator says of one seed, for programs, and its exit code."""
    run = subprocess.run(
        [program("confab-sim"), *options, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=300
    )
    return json.loads(run.stdout), run.returncode


def repeat(command):
    return simulate(*shlex.split(command)[1:], "--no-shrink")


def test_the_printed_commands_repeat_a_failure():
    first, code = simulate("--seed", "7", "--steps", "24", "--users", "2", "--defect", "forgetful-disk")
    assert code != 0
    assert not first["good"]
    again, code = repeat(first["command"])
    assert code != 0
    for member in ("violations", "step", "digest", "events"):
        assert again[member] == first[member]
    shrunk, code = repeat(first["shrunkCommand"])
    assert code != 0
    assert len(first["steps"]) < 24
    rule = first["violations"][0].split(":")[0].split(",")[0]
    assert shrunk["violations"][0].startswith(rule)
    assert repeat(first["shrunkCommand"])[0]["digest"] == shrunk["digest"]
