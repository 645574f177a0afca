"""Microsoft's SMS SDK against the emulator, and the emulator's commands for messages, keys and tokens."""

import json
import subprocess
import time
from datetime import timedelta

import jwt
import pytest
from azure.communication.identity import CommunicationIdentityClient, CommunicationTokenScope
from azure.communication.sms import SmsClient
from azure.core.exceptions import HttpResponseError

from secrecy import note
from servers import Emulator, program

SOMEBODY = "+14255550123"


@pytest.fixture
def sms(own_emulator):
    return SmsClient.from_connection_string(own_emulator.connection_string)


def own_number(emulator):
    return emulator.facts["phoneNumbers"][0]


def command(emulator, *words):
    """Runs `confab emulator …` beside the emulator and gives what it prints."""
    done = subprocess.run(
        [program("confab"), "emulator", *words, "--ready-file", emulator.ready_file, "--json"],
        capture_output=True, text=True, timeout=10, env=emulator.environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def outbox(emulator):
    return [(one["direction"], one["to"], one["message"], one["status"]) for one in command(emulator, "sms")["value"]]


def test_messages_stand_in_an_outbox_and_are_reported(own_emulator, sms, webhook):
    own = own_number(own_emulator)
    with own_emulator.subscribed(webhook.url):
        sent = sms.send(own, [SOMEBODY, "+1425555012345"], "Hello", enable_delivery_report=True, tag="May")
        report = webhook.wait_for("SMSDeliveryReportReceived")["data"]
    assert [one.http_status_code for one in sent] == [202, 400]
    assert sent[1].error_message == "Invalid To phone number format." and sent[1].message_id is None
    assert (report["messageId"], report["deliveryStatus"], report["tag"]) == (sent[0].message_id, "Delivered", "May")
    assert outbox(own_emulator) == [("outgoing", SOMEBODY, "Hello", "Delivered")]
    own_emulator.kill()
    own_emulator.restart()
    assert len(outbox(own_emulator)) == 1


def test_who_answers_stop_gets_no_more(own_emulator, sms, webhook):
    own = own_number(own_emulator)
    with own_emulator.subscribed(webhook.url):
        command(own_emulator, "sms", "receive", "STOP", "--from", SOMEBODY, "--to", own)
        received = webhook.wait_for("SMSReceived")["data"]
        assert (received["from"], received["to"], received["message"]) == (SOMEBODY, own, "STOP")
        sms.send(own, SOMEBODY, "Hello", enable_delivery_report=True)
        report = webhook.wait_for("SMSDeliveryReportReceived")["data"]
        assert (report["deliveryStatus"], report["deliveryStatusDetails"]) == (
            "Failed", "Sender blocked for given recipient.")
        command(own_emulator, "sms", "receive", "START", "--from", SOMEBODY)
    sms.send(own, SOMEBODY, "Hello again")
    assert [one[3] for one in outbox(own_emulator)] == ["Delivered", "OptedOut", "Delivered", "Delivered"]


def test_a_key_made_anew_ends_the_old_one_and_leaves_the_other(own_emulator):
    facts = own_emulator.facts

    def creates(key):
        client = CommunicationIdentityClient.from_connection_string(
            f"endpoint={facts['httpsEndpoint']}/;accesskey={key}")
        try:
            client.create_user()
        except HttpResponseError as error:
            return error.status_code
        return 201

    assert creates(facts["accessKey"]) == creates(facts["secondaryAccessKey"]) == 201
    new = command(own_emulator, "keys", "regenerate", "primary")["primary"]
    note("a key made anew", new)
    assert [creates(key) for key in (facts["accessKey"], new, facts["secondaryAccessKey"])] == [401, 201, 201]
    old = facts["accessKey"]
    own_emulator.kill()
    facts = own_emulator.restart().facts
    assert facts["accessKey"] == new
    assert [creates(key) for key in (old, new)] == [401, 201]


def test_keys_and_numbers_that_are_none(own_emulator):
    for words, said in {
        ("keys", "regenerate", "third"): "primary and secondary",
        ("sms", "receive", "Hello", "--from", "12"): "from should be a number",
        ("sms", "receive", "Hello", "--to", "+18335550101"): "does not own +18335550101",
    }.items():
        done = subprocess.run(
            [program("confab"), "emulator", *words, "--ready-file", own_emulator.ready_file],
            capture_output=True, text=True, timeout=10, env=own_emulator.environment)
        assert done.returncode == 65 and said in done.stderr, done.stderr


def test_tokens_that_live_shorter_than_asked_for(tmp_path):
    emulator = Emulator(tmp_path / "emulator")
    emulator.arguments += ["--token-lifetime", "90s"]
    with emulator, emulator.trusted():
        client = CommunicationIdentityClient.from_connection_string(emulator.connection_string)
        token = client.get_token(
            client.create_user(), [CommunicationTokenScope.CHAT], token_expires_in=timedelta(hours=2))
        said = jwt.decode(token.token, options={"verify_signature": False})
        assert said["exp"] - said["iat"] == 90
        assert 80 < time.mktime(time.strptime(token.expires_on[:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone - time.time() <= 90


@pytest.mark.parametrize("strict", [False, True])
def test_an_api_version_of_tomorrow(tmp_path, strict):
    emulator = Emulator(tmp_path / "emulator")
    emulator.arguments += ["--strict-versions"] if strict else []
    with emulator, emulator.trusted():
        client = CommunicationIdentityClient.from_connection_string(
            emulator.connection_string, api_version="2099-01-01")
        for _ in range(2):
            if strict:
                with pytest.raises(HttpResponseError) as caught:
                    client.create_user()
                assert caught.value.status_code == 400 and caught.value.error.code == "UnsupportedApiVersion"
            else:
                client.create_user()
    warnings = [line for line in emulator.log.read_text().splitlines() if "2099-01-01 is newer" in line]
    assert len(warnings) == (0 if strict else 1)
