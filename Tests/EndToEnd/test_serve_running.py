"""How an operator runs `confab serve`: configuring, checking, watching, changing it while it serves."""

import concurrent.futures
import datetime
import http.client
import json
import re
import signal
import ssl
import threading
import time
import urllib.request
from contextlib import contextmanager
from email.utils import formatdate
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from authority import Authority, SigningKey
from callers import Service, new_key, serve
from passage import DENIED, Answering
from secrecy import note


def write_config(folder, text):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "serve.json5"
    path.write_text(text if isinstance(text, str) else json.dumps(text))
    return path


def credential(folder, emulator, text=None):
    """The options that name a credential."""
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "connection-string"
    secret.touch(mode=0o600)
    secret.write_text(text or emulator.connection_string)
    return ["--connection-string-file", secret, "--certificate-authority", emulator.facts["certificate"]]


# What is refused before anything listens

@pytest.mark.parametrize("arguments, words", [
    (["--listen", "0.0.0.0"], "--callers"),
    (["--listen", "0.0.0.0", "--behind-proxy"], "--callers"),
    (["--listen", "0.0.0.0", "--callers", "keys"], "--tls-certificate"),
    (["--listen", "192.0.2.1", "--callers", "keys"], "--behind-proxy"),
    (["--callers", "oidc"], "--oidc-issuer"),
    (["--callers", "nobody"], "'keys' or 'oidc'"),
    (["--cors-origin", "*"], "--callers"),
    (["--trusted-proxy", "10.0.0.0/99"], "10.0.0.0/8"),
    (["--tls-certificate", "x.pem"], "belong together"),
])
def test_what_is_not_safe_is_not_begun(tmp_path, emulator, arguments, words):
    done = serve(tmp_path, *credential(tmp_path, emulator), "--data", tmp_path / "data", *arguments)
    assert done.returncode == 64 and words in done.stderr, done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("text, at, words", [
    ("{\n  callers: ['keys', 'badge'],\n}", "'badge'", "callers[1] must be \"keys\" or \"oidc\""),
    ("{ lissten: '::1' }", "lissten", "did you mean \"listen\"?"),
    ("{\n\n  port: 70000 }", "70000", "port must be a number from 0 to 65535"),
    ("{ callers: ['oidc'] }", "['oidc']", "oidc"),
    ("{ oidc: { issuer: 'https://id.example' } }", "{ issuer", "audience"),
    ("{ oidc: { issuer: 'id', audience: 'a' } }", "'id'", "issuer"),
    ("{ oidc: { issuer: 'https://i.example', audience: 'a', maximumLifetime: 59 } }", "59", "from 60 to 1440"),
    ("{ oidc: { issuer: 'https://i.example', audience: 'a', scopes: ['video'] } }", "'video'", "known are chat"),
    ("{ callers: ['keys'], cors: { origins: ['*'], credentials: true } }", "true", "exclude each other"),
    ("{ cors: { origins: ['*'] } }", "['*']", "prove nothing"),
    ("{ cors: { origins: ['https://a.example/x'] } }", "'https://a", "an origin"),
    ("{ trustedProxies: ['proxy.example'] }", "'proxy", "10.0.0.0/8"),
    ("{ limits: { caller: { burst: 5 } } }", "{ burst", "perSecond"),
    ("{ metrics: 'all' }", "'all'", "loopback"),
    ("{ tls: { certificate: 'x' } }", "{ certificate", "tls must be"),
    ("{ port: 1,, }", ", }", "expected"),
])
def test_a_mistake_in_the_config_file_is_told_with_its_place(tmp_path, emulator, text, at, words):
    config = write_config(tmp_path, text)
    before = text[:text.index(at)]
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    done = serve(tmp_path, *credential(tmp_path, emulator), "--data", tmp_path / "data", "--config", config)
    assert done.returncode == 78, done.stderr
    assert f"{config}:{place}: " in done.stderr and words in done.stderr, done.stderr


def test_files_with_secrets_that_others_can_read_are_refused(tmp_path, emulator):
    new_key(tmp_path, tmp_path / "data", "alice")
    (tmp_path / "data" / "keys.json").chmod(0o644)
    done = serve(tmp_path, *credential(tmp_path, emulator), "--data", tmp_path / "data", "--callers", "keys")
    assert done.returncode == 77 and "chmod 600" in done.stderr


# --check

def check(home, *arguments):
    done = serve(home, "--check", "--json", *arguments)
    return done.returncode, {one["check"]: one for one in json.loads(done.stdout)}


def test_a_check_finds_everything_in_order(tmp_path, emulator):
    with Authority(SigningKey("a")) as authority:
        arguments = [*credential(tmp_path, emulator), "--data", tmp_path / "data", "--oidc-issuer", authority.issuer,
                     "--oidc-audience", "x"]
        code, found = check(tmp_path, *arguments)
        assert code == 0
        assert {name: one["result"] for name, one in found.items()} == {
            "config": "ok", "credential": "ok", "clock": "ok", "callers": "ok", "store": "ok"}
        assert not any("remedy" in one for one in found.values())
        text = serve(tmp_path, "--check", *arguments)
        assert text.returncode == 0 and text.stdout.count("\n") == 5
        authority.is_down = True
        code, found = check(tmp_path, *arguments)
        assert (code, found["callers"]["result"]) == (69, "fail")


def test_a_check_says_how_to_mend_what_is_wrong(tmp_path, emulator):
    wrong = emulator.connection_string.rsplit("accesskey=", 1)[0] + "accesskey=" + "QUJD" * 11
    code, found = check(tmp_path, *credential(tmp_path, emulator, wrong), "--memory")
    assert (code, found["credential"]["result"]) == (77, "fail")
    assert "Keys page" in found["credential"]["remedy"]
    code, found = check(tmp_path, *credential(tmp_path, emulator, "endpoint=http://127.0.0.1:9/;accesskey=QUJD"), "--memory")
    assert (code, found["credential"]["result"], found["clock"]["result"]) == (69, "fail", "warn")
    code, found = check(tmp_path, *credential(tmp_path, emulator, "endpoint=nowhere"), "--memory")
    assert (code, found["credential"]["result"]) == (78, "fail")
    code, found = check(
        tmp_path, *credential(tmp_path, emulator), "--memory", "--config", write_config(tmp_path, "{ port: x }"))
    assert (code, list(found)) == (78, ["config"])
    code, found = check(tmp_path, *credential(tmp_path, emulator), "--data", tmp_path / "d", "--callers", "keys")
    assert (code, found["config"]["result"]) == (0, "warn")
    assert "key add" in found["config"]["remedy"]
    (tmp_path / "file").write_text("")
    code, found = check(tmp_path, *credential(tmp_path, emulator), "--data", tmp_path / "file")
    assert (code, found["store"]["result"]) == (69, "fail")


def test_a_check_of_a_store_in_use_says_so(tmp_path, emulator):
    with Service(tmp_path, emulator) as service:
        code, found = check(tmp_path, *credential(tmp_path, emulator), "--data", service.data)
        assert (code, found["store"]["result"]) == (69, "fail")
        assert "in use" in found["store"]["message"]


@pytest.mark.parametrize("seconds, words", [(1200, "behind"), (-1200, "ahead")])
def test_a_wrong_clock_is_named_as_the_cause(tmp_path, emulator, seconds, words):
    with Answering(401, DENIED, Date=formatdate(time.time() + seconds, usegmt=True)) as late:
        connection = f"endpoint={late.root}/;accesskey=QUJD"
        code, found = check(tmp_path, *credential(tmp_path, emulator, connection), "--memory")
    assert (code, found["clock"]["result"]) == (78, "fail")
    assert words in found["clock"]["message"] and "timedatectl" in found["clock"]["remedy"]
    assert "clock" in found["credential"]["remedy"]


# What it tells of itself

def test_the_log_is_one_line_of_json_a_request_without_users_queries_and_secrets(tmp_path, emulator):
    with Service(tmp_path, emulator, "--callers", "keys") as service:
        key = new_key(tmp_path, service.data, "app", "--for-anybody")
        wait_until(lambda: service.ask("/users", key).status == 200)
        token = service.ask("/token?user=hidden-user&name=hidden-name", key).json["token"]
        service.ask("/refreshToken/8:acs:hidden-identity", key, "POST")
        service.ask("/hidden-path?q=hidden-query")
        service.ask("/healthz")
        text = service.log.read_text()
        requests = [line for line in service.lines() if line["event"] == "request"]
    assert "hidden" not in text and key not in text and token not in text
    assert {line["route"] for line in requests} == {"/users", "/token", "/refreshToken/{userId}", "other"}
    granted = next(line for line in requests if line["route"] == "/token" and line["status"] == 200)
    assert granted["caller"] == "key app" and granted["client"] == "127.0.0.1" and granted["ms"] > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", granted["time"])


def test_a_quiet_service_tells_of_trouble_only(tmp_path, emulator):
    with Service(tmp_path, emulator, "--quiet") as service:
        assert service.ask("/token?user=a").status == 200
        assert service.log.read_text() == ""


def test_metrics_are_in_the_form_that_prometheus_reads(tmp_path, emulator):
    with Service(tmp_path, emulator) as service:
        for user in ("somebody", "somebody-else"):
            assert service.ask(f"/token?user={user}").status == 200
        service.ask("/nowhere")
        answer = service.ask("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    samples = {}
    for line in answer.text.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            assert re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})?', name), line
            samples[name] = float(value)
    assert samples['confab_requests_total{route="/token",method="GET",status="200"}'] == 2
    assert samples['confab_requests_total{route="other",method="GET",status="404"}'] == 1
    assert samples['confab_request_duration_seconds_count{route="/token"}'] == 2
    assert samples['confab_request_duration_seconds_bucket{route="/token",le="+Inf"}'] == 2
    assert samples['confab_tokens_issued_total{caller="nobody"}'] == 2
    assert "somebody" not in answer.text


# Pages, proxies, limits

def test_a_browser_is_answered_by_the_rules(tmp_path, emulator):
    with Service(tmp_path, emulator, "--callers", "keys", "--cors-origin", "https://app.example") as service:
        question = {"Origin": "https://app.example", "Access-Control-Request-Method": "GET",
                    "Access-Control-Request-Headers": "authorization"}
        answer = service.ask("/token", method="OPTIONS", headers=question)
        assert answer.status == 204
        assert answer.headers["Access-Control-Allow-Origin"] == "https://app.example"
        assert "authorization" in answer.headers["Access-Control-Allow-Headers"].lower()
        key = new_key(tmp_path, service.data, "alice")
        wait_until(lambda: service.ask("/users", key).status == 200)
        assert service.ask("/token", key, headers={"Origin": "https://app.example"}).status == 200
        refused = service.ask("/token", key, headers={"Origin": "https://evil.example"})
        assert refused.status == 403 and "eyJ" not in refused.text
        assert "Access-Control-Allow-Origin" not in refused.headers


def test_who_asks_too_often_waits(tmp_path, emulator):
    config = write_config(tmp_path, {
        "callers": ["keys"], "limits": {"caller": {"perSecond": 0.2, "burst": 2}, "address": {"perSecond": 0.2, "burst": 3}},
        "trustedProxies": ["127.0.0.1"]})
    with Service(tmp_path / "home", emulator, "--config", config) as service:
        alice = new_key(tmp_path, service.data, "alice")
        busy = new_key(tmp_path, service.data, "busy", "--rate", 100)
        wait_until(lambda: service.ask("/users", busy).status == 200)
        assert [service.ask("/token", alice).status for _ in range(3)] == [200, 200, 429]
        answer = service.ask("/token", alice)
        assert answer.error == "TooManyRequests" and 1 <= int(answer.headers["Retry-After"]) <= 5
        assert {service.ask("/token", busy).status for _ in range(10)} == {200}
        def guess(address):
            return service.ask("/token", "confab_0_guess", headers={"X-Forwarded-For": address}).status
        assert [guess("203.0.113.1") for _ in range(4)] == [401, 401, 401, 429]
        assert guess("203.0.113.2") == 401
        assert 'confab_rate_limited_total{by="caller"} 2' in service.ask("/metrics").text


# Changes while it serves

@contextmanager
def steady_callers(service, count=4):
    """Callers who ask all the time; gives what they got."""
    stop, seen = threading.Event(), []

    def ask(number):
        while not stop.is_set():
            seen.append(service.ask(f"/token?user=steady{number}").status)

    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        running = [pool.submit(ask, number) for number in range(count)]
        try:
            yield seen
        finally:
            stop.set()
        for one in running:
            one.result()


def test_an_access_key_is_exchanged_without_a_failed_request(tmp_path, emulator):
    def with_key(key):
        return emulator.connection_string.rsplit("accesskey=", 1)[0] + f"accesskey={key}"

    other = with_key(emulator.facts["secondaryAccessKey"])
    with Service(tmp_path, emulator) as service:
        with steady_callers(service) as seen:
            for text in [other, emulator.connection_string] * 3:
                service.secret.write_text(text)
                before, asked = len(service.lines()), len(seen)
                service.process.send_signal(signal.SIGHUP)
                wait_until(lambda: any(line["event"] == "reload" for line in service.lines()[before:]))
                wait_until(lambda: len(seen) >= asked + 10)
        assert set(seen) == {200}
        # A key that is wrong shows that it really is another one; no signal is needed.
        service.secret.write_text(with_key("QUJD" * 11))
        wait_until(lambda: service.ask("/token?user=a").status == 502)
        assert service.ask("/token?user=a").error == "CredentialRefused"
        assert service.ask("/readyz").status == 503
        service.secret.write_text(emulator.connection_string)
        wait_until(lambda: service.ask("/token?user=a").status == 200)
        # What cannot be used changes nothing.
        service.secret.write_text("nonsense")
        wait_until(lambda: any(line["level"] == "error" for line in service.lines()))
        assert service.ask("/token?user=a").status == 200


def test_rules_change_while_it_serves_and_broken_ones_do_not(tmp_path, emulator):
    config = write_config(tmp_path, "{}")
    with Service(tmp_path / "home", emulator, "--config", config) as service:
        assert service.ask("/token?user=a").status == 200
        config.write_text("{ callers: ['keys'] }")
        wait_until(lambda: service.ask("/token?user=a").status == 401)
        config.write_text("{ callers: 7 }")
        wait_until(lambda: any(line["level"] == "error" for line in service.lines()))
        assert "serve.json5:1:12" in service.log.read_text()
        assert service.ask("/token?user=a").status == 401


def test_a_hangup_of_the_terminal_stops_it_and_a_signal_alone_does_not(tmp_path, emulator):
    with Service(tmp_path, emulator) as service:
        service.process.send_signal(signal.SIGHUP)
        wait_until(lambda: any(line["event"] == "reload" for line in service.lines()))
        assert service.process.poll() is None
        assert service.stop() == 0


# TLS

def new_certificate(folder, name):
    """A certificate for this machine that signs itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False).sign(key, hashes.SHA256()))
    private = folder / "tls.key"
    private.touch(mode=0o600)
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    note("TLS key", "".join(text.decode().splitlines()[1:-1]))
    private.write_bytes(text)
    (folder / "tls.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return certificate.serial_number


def test_a_certificate_is_exchanged_without_a_failed_request(tmp_path, emulator):
    first = new_certificate(tmp_path, "first")
    with Service(tmp_path, emulator, "--tls-certificate", tmp_path / "tls.pem", "--tls-key", tmp_path / "tls.key") as service:
        assert service.root.startswith("https://") and service.facts["gatewayURL"].startswith("wss://")
        port = urlsplit(service.root).port
        trust_all = ssl._create_unverified_context()

        def shown():
            pem = ssl.get_server_certificate(("127.0.0.1", port))
            return x509.load_pem_x509_certificate(pem.encode()).serial_number

        def status(connection):
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            answer.read()
            return answer.status

        assert shown() == first
        kept = http.client.HTTPSConnection("127.0.0.1", port, context=trust_all, timeout=10)
        assert status(kept) == 200
        second = new_certificate(tmp_path, "second")
        seen = []
        deadline = time.monotonic() + 10
        while shown() != second:
            seen.append(status(http.client.HTTPSConnection("127.0.0.1", port, context=trust_all, timeout=10)))
            assert time.monotonic() < deadline
        assert status(kept) == 200
        assert set(seen) <= {200}
        # A broken pair leaves the old one.
        (tmp_path / "tls.pem").write_text("nonsense")
        wait_until(lambda: any(line["level"] == "error" for line in service.lines()))
        assert shown() == second
        assert service.stop() == 0


def test_a_broken_certificate_is_named_at_the_start(tmp_path, emulator):
    new_certificate(tmp_path, "x")
    (tmp_path / "tls.pem").write_text("nonsense")
    arguments = [*credential(tmp_path, emulator), "--memory", "--port", 0, "--tls-certificate", tmp_path / "tls.pem",
                 "--tls-key", tmp_path / "tls.key"]
    done = serve(tmp_path, *arguments)
    assert done.returncode == 78 and "certificate" in done.stderr
    (tmp_path / "tls.key").chmod(0o640)
    done = serve(tmp_path, *arguments)
    assert done.returncode == 77 and "chmod 600" in done.stderr


def wait_until(condition, timeout=10):
    deadline = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)
