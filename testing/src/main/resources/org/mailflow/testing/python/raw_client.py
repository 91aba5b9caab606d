"""Talks to SMTP servers as it is told, byte for byte, and tells what they answered.

Each line of the input is a session in JSON, each line of the output its outcome, in the order in which sessions end. Sessions
run side by side. Python's standard library alone: no line of code is shared with what is tested.
"""

import base64
import json
import socket
import ssl
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

CONNECT_SECONDS = 20.0
SESSIONS_AT_A_TIME = 8
LARGEST_READ = 65536


class Over(Exception):
    """The session cannot go on."""


class Session:
    def __init__(self, request):
        self.request = request
        self.deadline = time.monotonic() + request["seconds"]
        self.replies = []
        self.buffer = b""
        self.surplus = b""
        self.resumed = False
        self.version = None
        self.end = "open"
        self.sock = None

    def run(self):
        request = self.request
        try:
            self.sock = socket.create_connection(
                (request["host"], request["port"]), CONNECT_SECONDS, (request["source"], 0)
            )
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for step in request["steps"]:
                getattr(self, step["do"])(step)
        except Over as over:
            self.end = str(over)
        except ssl.SSLError as error:
            self.end = "tls: " + str(error.reason)
        except socket.timeout:
            self.end = "timeout"
        except OSError as error:
            self.end = "reset: " + type(error).__name__
        finally:
            if self.sock is not None:
                self.sock.close()
        return {
            "id": request["id"],
            "replies": self.replies,
            "end": self.end,
            "surplus": self.surplus.decode("latin-1"),
            "resumed": self.resumed,
            "version": self.version,
        }

    def send(self, step):
        data = base64.b64decode(step["bytes"])
        cuts = [cut for cut in step["cuts"] if 0 < cut < len(data)]
        for start, stop in zip([0] + cuts, cuts + [len(data)]):
            if start > 0 and step["pause"] > 0:
                time.sleep(step["pause"])
            self.write(data[start:stop])

    def write(self, data):
        self.sock.settimeout(self.remaining())
        try:
            self.sock.sendall(data)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
            # Hung up while we spoke: what it said before that is still to be read.
            pass

    def read(self, step):
        for _ in range(step["count"]):
            self.replies.append(self.reply(self.remaining()))

    def data(self, step):
        """Sends DATA and, where the server wants it, content."""
        self.write(b"DATA\r\n")
        self.replies.append(self.reply(self.remaining()))
        if self.replies[-1].startswith("354"):
            self.write(base64.b64decode(step["bytes"]) + b"\r\n.\r\n")
            self.replies.append(self.reply(self.remaining()))

    def drain(self, step):
        """Reads whatever comes, until the server closes or is silent for so many seconds."""
        try:
            while True:
                self.replies.append(self.reply(min(step["silence"], self.remaining())))
        except socket.timeout:
            self.end = "silent"

    def secure(self, step):
        """Shakes hands now. What came in clear text before that is no part of what follows."""
        self.surplus += self.buffer
        self.buffer = b""
        context = CONTEXTS.get(step.get("session"), step)
        self.sock.settimeout(self.remaining())
        self.sock = context.wrap_socket(
            self.sock, server_hostname=step.get("serverName"), session=CONTEXTS.session(step.get("session"))
        )
        self.version = self.sock.version()
        self.resumed = bool(self.sock.session_reused)

    def keep(self, step):
        """Keeps the TLS session, for another connection to resume."""
        CONTEXTS.keep(step["session"], self.sock.session)

    def reply(self, seconds):
        lines = []
        while True:
            lines.append(self.line(seconds))
            if lines[-1][3:4] != "-":
                return "\n".join(lines)

    def line(self, seconds):
        while b"\r\n" not in self.buffer:
            self.sock.settimeout(seconds)
            try:
                more = self.sock.recv(LARGEST_READ)
            except (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError):
                more = b""
            if not more:
                self.surplus += self.buffer
                raise Over("closed")
            self.buffer += more
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line.decode("latin-1")

    def remaining(self):
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise socket.timeout()
        return seconds


class Contexts:
    """TLS contexts; one that has a session to resume is kept with it, since Python resumes within a context only."""

    def __init__(self):
        self.lock = threading.Lock()
        self.kept = {}
        self.sessions = {}

    def get(self, name, step):
        with self.lock:
            context = self.kept.get(name)
            if context is None:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
                if step.get("maximum"):
                    context.maximum_version = ssl.TLSVersion[step["maximum"]]
                if name is not None:
                    self.kept[name] = context
            if step.get("certificates"):
                context.load_cert_chain(step["certificates"], step["key"])
            return context

    def session(self, name):
        with self.lock:
            return self.sessions.get(name)

    def keep(self, name, session):
        with self.lock:
            self.sessions[name] = session


CONTEXTS = Contexts()


def main():
    output = threading.Lock()

    def handle(line):
        outcome = json.dumps(Session(json.loads(line)).run())
        with output:
            sys.stdout.write(outcome + "\n")
            sys.stdout.flush()

    with ThreadPoolExecutor(SESSIONS_AT_A_TIME) as sessions:
        running = [sessions.submit(handle, line) for line in sys.stdin]
        for one in running:
            one.result()


main()
