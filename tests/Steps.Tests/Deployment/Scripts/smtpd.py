"""Real SMTP servers (aiosmtpd) for tests of the site's mail. Arguments: address, directory.

The directory has cert.pem and key.pem; each message that was accepted becomes a file there. Prints one line, the ports as JSON:
  starttls  offers STARTTLS and a login after it, and wants both
  tls       encrypted from the start, wants a login
  plain     offers neither STARTTLS nor a login
  strict    as plain, refuses every sender but erp@example.com and every recipient outside example.com
"""

import json
import logging
import socket
import ssl
import sys
import threading
import warnings
from itertools import count
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

# A client that breaks off is what some tests are about.
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

USER, PASSWORD = b"erp", b"MailSecret2342"
address, directory = sys.argv[1], Path(sys.argv[2])
number = count(1)


class Keep:
    async def handle_DATA(self, server, session, envelope):
        login = getattr(session.auth_data, "login", b"").decode()
        head = f"X-From: {envelope.mail_from}\nX-To: {','.join(envelope.rcpt_tos)}\nX-Login: {login}\nX-Tls: {session.ssl is not None}\n"
        Path(directory, f"mail-{next(number)}.txt").write_text(head + envelope.content.decode())
        return "250 OK: kept"


class Strict(Keep):
    async def handle_MAIL(self, server, session, envelope, sender, options):
        if sender != "erp@example.com":
            return "553 5.7.1 Sender address rejected: not owned by user"
        envelope.mail_from = sender
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, recipient, options):
        if not recipient.endswith("@example.com"):
            return "554 5.7.1 Relay access denied"
        envelope.rcpt_tos.append(recipient)
        return "250 OK"


def login(server, session, envelope, mechanism, data):
    # Not handled: the server itself answers 535 to a wrong one.
    return AuthResult(success=(data.login, data.password) == (USER, PASSWORD), handled=False, auth_data=data)


def tls():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(directory / "cert.pem", directory / "key.pem")
    return context


servers = {
    "starttls": Controller(Keep(), hostname=address, port=0, tls_context=tls(), require_starttls=True, authenticator=login, auth_required=True),
    "tls": Controller(Keep(), hostname=address, port=0, ssl_context=tls(), authenticator=login, auth_required=True, auth_require_tls=False),
    "plain": Controller(Keep(), hostname=address, port=0),
    "strict": Controller(Strict(), hostname=address, port=0),
}
ports = {}
for name, server in servers.items():
    # The controller tries itself whether it listens, which needs the port: the system chooses one only when it is asked to.
    with socket.socket() as free:
        free.bind((address, 0))
        server.port = free.getsockname()[1]
    server.start()
    ports[name] = server.port
print(json.dumps(ports), flush=True)
threading.Event().wait()
