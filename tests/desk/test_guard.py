"""Who may ask the desk anything: each promise is attacked from a raw socket."""

from __future__ import annotations

import contextlib
import json
import socket

import pytest
from desk.desks import RunningDesk

pytestmark = pytest.mark.slow


class Answer:
    def __init__(self, raw: bytes) -> None:
        head, _, self.body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split()[1]) if first else 0
        self.headers = {name.casefold(): value for name, _, value in (line.partition(": ") for line in lines)}


class Stranger:
    """Whoever sends bytes to the desk's port."""

    def __init__(self, desk: RunningDesk) -> None:
        self.port = desk.port
        self.host = f"127.0.0.1:{desk.port}"
        self.cookie = self.ask("GET", f"/?token={desk.token}").headers["set-cookie"].partition(";")[0]

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str | None) -> Answer:
        """A request; a header that is None is left out."""
        given = {"Host": self.host, "Connection": "close", "Content-Length": str(len(body)) if body else None}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [
            f"{method} {path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in given.items() if value is not None),
        ]
        return self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    def send(self, data: bytes) -> Answer:
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as there:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # when it has heard enough
                there.sendall(data)
            parts = []
            with contextlib.suppress(ConnectionResetError):
                while part := there.recv(65536):
                    parts.append(part)
        return Answer(b"".join(parts))


@pytest.fixture(scope="module")
def stranger(desk: RunningDesk) -> Stranger:
    return Stranger(desk)


NEW = b"{}"


def test_it_listens_on_the_loopback_only(desk: RunningDesk) -> None:
    with socket.socket() as there:
        there.settimeout(2)
        # All of 127/8 is this machine, and of that only the one address that is the desk's.
        assert there.connect_ex(("127.0.0.2", desk.port)) != 0


def test_the_page_itself_may_ask(stranger: Stranger) -> None:
    origin = f"http://{stranger.host}"
    assert stranger.ask("GET", "/", Cookie=stranger.cookie).status == 200
    assert stranger.ask("POST", "/new", NEW, Cookie=stranger.cookie, Origin=origin).status == 200


@pytest.mark.parametrize("other", ['prefs={"dark": true}', "path=x", "a=b c"])
def test_what_another_program_here_has_set_keeps_nobody_out(stranger: Stranger, other: str) -> None:
    for cookies in (f"{other}; {stranger.cookie}", f"{stranger.cookie}; {other}"):
        assert stranger.ask("GET", "/", Cookie=cookies).status == 200


def test_the_token_opens_the_desk_once_and_leaves_the_address(stranger: Stranger, desk: RunningDesk) -> None:
    answer = stranger.ask("GET", f"/?token={desk.token}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].casefold()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert desk.token not in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "path", ["/", "/library", "/picture/bird-dog/left.svg", "/page/desk.js", "/alive", "/font/bold"]
)
def test_nobody_without_the_cookie_gets_anything(stranger: Stranger, path: str) -> None:
    for cookie in (None, "desk=x", f"desk-{stranger.port}=", f"desk-{stranger.port}=" + "A" * 43):
        answer = stranger.ask("GET", path, Cookie=cookie)
        assert (answer.status, answer.body) == (403, b"open the desk by the address in its terminal")


@pytest.mark.parametrize("token", ["", "x", "A" * 43])
def test_a_wrong_token_opens_nothing(stranger: Stranger, token: str) -> None:
    answer = stranger.ask("GET", f"/?token={token}")
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""]
)
def test_a_name_that_suddenly_means_this_machine_reaches_nothing(stranger: Stranger, host: str) -> None:
    named = host.format(port=stranger.port)
    assert stranger.ask("GET", "/library", Cookie=stranger.cookie, Host=named).status == 421
    assert stranger.ask("GET", f"/?token={stranger.cookie}", Host=named).status == 421


def test_two_hosts_are_no_host(stranger: Stranger) -> None:
    both = f"GET /library HTTP/1.1\r\nHost: {stranger.host}\r\nHost: evil.example\r\nCookie: {stranger.cookie}\r\n\r\n"
    assert stranger.send(both.encode()).status in (400, 421)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}", "", None]
)
def test_another_page_changes_nothing(stranger: Stranger, origin: str | None) -> None:
    named = origin.format(port=stranger.port) if origin is not None else None
    assert stranger.ask("POST", "/new", NEW, Cookie=stranger.cookie, Origin=named).status == 403
    assert stranger.ask("DELETE", "/batch/x", Cookie=stranger.cookie, Origin=named).status == 403


def test_another_page_reads_nothing(stranger: Stranger) -> None:
    for site in ("cross-site", "same-site"):
        assert stranger.ask("GET", "/library", Cookie=stranger.cookie, Sec_Fetch_Site=site).status == 403


def test_a_large_body_is_refused_however_its_length_is_said(stranger: Stranger) -> None:
    origin = f"http://{stranger.host}"
    said = {"Cookie": stranger.cookie, "Origin": origin}
    assert stranger.ask("POST", "/open", b"", **said, Content_Length="9999999999").status == 413
    assert stranger.ask("POST", "/open", b"x" * 2_000_001, **said).status == 413
    head = f"POST /open HTTP/1.1\r\nHost: {stranger.host}\r\nCookie: {stranger.cookie}\r\nOrigin: {origin}\r\n"
    chunk = b"%x\r\n" % 500_000 + b"x" * 500_000 + b"\r\n"
    chunked = head.encode() + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 5 + b"0\r\n\r\n"
    assert stranger.send(chunked).status == 413


def test_what_is_no_question_is_no_fault(stranger: Stranger) -> None:
    said = {"Cookie": stranger.cookie, "Origin": f"http://{stranger.host}"}
    for body in (
        b"",
        b"{",
        b"[]",
        b'{"revision": "x", "plan": {}}',
        b"\xff\xfe",
        b'{"revision":1,"plan":{"items":[{"entry":1}]}}',
    ):
        assert stranger.ask("POST", "/plan", body, **said).status in (200, 400)


NOWHERE = [
    "/page/../server.py",
    "/page/%2e%2e%2fserver.py",
    "/page/..%5cserver.py",
    "/page/desk.html",
    "/page//etc/passwd",
    "/picture/..%2f..%2fx/left.svg",
    "/routine/..%2fstarter",
    "/routine/%2fetc%2fpasswd",
    "/font/..%2fbold",
    "/sheet/x/1.bmp?w=99999",
    "/sheet/x/1.bmp",
    "/docs",
    "/openapi.json",
]


@pytest.mark.parametrize("path", NOWHERE)
def test_no_path_leads_to_a_file(stranger: Stranger, path: str) -> None:
    assert stranger.ask("GET", path, Cookie=stranger.cookie).status == 404


@pytest.mark.parametrize("named", ["/etc/passwd", "../../etc/passwd", "./file.yaml", "/dev/zero"])
def test_no_path_in_a_plan_opens_a_file(stranger: Stranger, named: str) -> None:
    said = {"Cookie": stranger.cookie, "Origin": f"http://{stranger.host}"}
    referring = {"exercise": named}
    own: dict[str, object] = {"name": "X", "side": "affected", "reps": 3, "instructions": ["Go."]}
    own["picture"] = {"file": named, "shows": "left", "alt": "X"}
    for entry in (referring, own):
        plan = {"title": "X", "side": "left", "sheet": {}, "items": [{"entry": entry}]}
        answer = stranger.ask("POST", "/plan", json.dumps({"revision": 1, "plan": plan}).encode(), **said)
        assert answer.status == 200
        assert b"is no file of yours that the desk may open" in answer.body
        assert b"root:" not in answer.body


def test_every_answer_says_what_a_browser_may_do_with_it(stranger: Stranger) -> None:
    for path, status in (("/", 200), ("/library", 200), ("/nothing", 404), ("/page/desk.js", 200)):
        answer = stranger.ask("GET", path, Cookie=stranger.cookie)
        policy = answer.headers["content-security-policy"]
        assert answer.status == status
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "server" not in answer.headers


def test_a_second_desk_takes_another_port_and_knows_nothing_of_the_first(stranger: Stranger, desk: RunningDesk) -> None:
    second = RunningDesk()
    try:
        assert second.port != desk.port
        other = Stranger(second)
        assert other.ask("GET", "/library", Cookie=stranger.cookie).status == 403
    finally:
        second.stop()


def test_ctrl_c_ends_it_in_peace_also_with_a_page_open() -> None:
    running = RunningDesk()
    stranger = Stranger(running)
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as page:
        page.sendall(f"GET /alive HTTP/1.1\r\nHost: {stranger.host}\r\nCookie: {stranger.cookie}\r\n\r\n".encode())
        assert b"200" in page.recv(100)
        code, said = running.stop()
    assert code == 0
    assert "Traceback" not in said
