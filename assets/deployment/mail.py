"""Creates the site's outgoing email account from the answers, and sends one message to test it.

create-site.sh runs it in sites/ with the bench's Python. The answers are in MAIL_* of the environment, the password in
a file of SECRETS_DIR. Each line of output begins with "mail: ". An SMTP server that does not answer is a warning: the
account is created anyway. Frappe would connect on save and refuse, so the script turns that connection off.

The site's .installer/mail.json records what was written, with the password as an HMAC under the site's key. An account
that differs from the record was changed in the site and is kept.
"""

import hashlib
import hmac
import json
import os
import smtplib
import socket
import ssl
import sys
from email.utils import parseaddr
from pathlib import Path

import frappe

DOCTYPE = "Email Account"
NAME = "Outgoing mail"
TIMEOUT_SECONDS = 20
AGAIN = "rm sites/SITE/.installer/mail.json, change an answer of [mail], then erp-installer install"


def say(text, hint=""):
    print("mail: " + " ".join(f"{text}{'; hint: ' + hint if hint else ''}".split()), flush=True)


def warn(text, hint):
    say(f"warning: {text}", hint)


class Settings:
    def __init__(self):
        self.server, self.port = os.environ["MAIL_SERVER"], int(os.environ["MAIL_PORT"])
        self.tls, self.user = os.environ["MAIL_TLS"], os.environ.get("MAIL_USER", "")
        self.name, self.sender = parseaddr(os.environ["MAIL_SENDER"])
        self.test_to = os.environ.get("MAIL_TEST_TO", "")
        secret = Path(os.environ.get("SECRETS_DIR", "/secrets"), "mail_password")
        self.password = secret.read_text() if self.user else ""

    @property
    def place(self):
        return f"{self.server}:{self.port}"

    def fields(self):
        """The account's fields as Frappe keeps them. The installer leaves all other fields alone."""
        own_login = bool(self.user) and self.user != self.sender
        return {
            "email_id": self.sender,
            "enable_outgoing": 1,
            "default_outgoing": 1,
            "smtp_server": self.server,
            "smtp_port": str(self.port),
            "use_tls": int(self.tls == "starttls"),
            "use_ssl_for_outgoing": int(self.tls == "tls"),
            "no_smtp_authentication": int(not self.user),
            "login_id_is_different": int(own_login),
            "login_id": self.user if own_login else "",
        }


class Memory:
    """Records what this script wrote and tested, without a secret."""

    def __init__(self, path, key):
        self.path, self.key = path, key.encode()
        try:
            self.known = json.loads(path.read_text())
        except (OSError, ValueError):
            self.known = {}

    def keyed(self, text):
        return hmac.new(self.key, text.encode(), hashlib.sha256).hexdigest()

    def keep(self, **values):
        self.known |= values
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(self.known, indent=1, sort_keys=True))
        fresh.replace(self.path)


def account_in_site(name):
    return frappe.get_doc(DOCTYPE, name) if frappe.db.exists(DOCTYPE, name) else None


def state_of(account, fields, memory):
    password = account.get_password("password", raise_exception=False) or ""
    return {
        "fields": {name: normal(account.get(name), value) for name, value in fields.items()},
        "password": memory.keyed(password) if password else "",
    }


def normal(found, like):
    return int(found or 0) if isinstance(like, int) else str(found or "")


def write_account(settings, memory):
    """True if the site's account now matches the answers."""
    fields = settings.fields()
    wanted = {"fields": fields, "password": memory.keyed(settings.password) if settings.password else ""}
    written = memory.known.get("written")
    account = account_in_site(NAME)
    if account is None:
        if written:
            say("kept: the account was deleted in the site", f"to create it again: {AGAIN}")
            return False
        default = frappe.db.get_value(DOCTYPE, {"enable_outgoing": 1, "default_outgoing": 1})
        other = default or frappe.db.get_value(DOCTYPE, {"email_id": settings.sender})
        if other:
            say(f"kept: the site already has the email account {other}", "delete it there, or remove [mail]")
            return False
        account = frappe.new_doc(DOCTYPE)
        account.email_account_name = NAME
    else:
        found = state_of(account, fields, memory)
        # Without a record, the record was lost or a person created an account of this name: only an equal one is ours.
        if found != written and found != wanted:
            say("kept: the account was changed in the site", f"to use the answers: delete it there, {AGAIN}")
            return False
        if found == wanted:
            memory.keep(written=wanted)
            return True
    account.update(fields)
    account.password = settings.password or None
    save(account)
    memory.keep(written=wanted)
    say(f"the site sends through {settings.place} as {settings.user or settings.sender}")
    return True


def save(account):
    """Frappe connects to the server on save, but not inside a patch. So the account is saved without the server."""
    before, frappe.flags.in_patch = frappe.flags.in_patch, True
    try:
        account.save(ignore_permissions=True)
        frappe.db.commit()
    finally:
        frappe.flags.in_patch = before


def connect(settings, context=None):
    """Connects like Frappe. Without a context the certificate is not checked, as in Frappe."""
    kind = smtplib.SMTP_SSL if settings.tls == "tls" else smtplib.SMTP
    options = {"context": context} if settings.tls == "tls" and context else {}
    session = kind(settings.server, settings.port, timeout=TIMEOUT_SECONDS, **options)
    if settings.tls == "starttls":
        session.ehlo()
        session.starttls(**({"context": context} if context else {}))
        session.ehlo()
    return session


def words(error):
    """The SMTP server's own message, or otherwise the system's."""
    said = getattr(error, "smtp_error", None)
    code = getattr(error, "smtp_code", "")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    if isinstance(said, bytes):
        said = said.decode(errors="replace")
    return f'it says: "{code} {said}"' if said else str(error)


def fault(error, settings):
    """Message and hint for a connection error."""
    place = settings.place
    no_starttls = isinstance(error, smtplib.SMTPNotSupportedError) and "STARTTLS" in str(error)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            f"{place} refuses the login of {settings.user}: {words(error)}",
            "check mail.user and mail.password",
        )
    if isinstance(error, smtplib.SMTPSenderRefused):
        return (
            f"{place} refuses the sender {settings.sender}: {words(error)}",
            "set mail.sender to an address that this login may use",
        )
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return (
            f"{place} refuses the recipient {settings.test_to}: {words(error)}",
            "check mail.test_to; without a login most servers accept only their own domain",
        )
    if no_starttls:
        return (
            f"{place} offers no STARTTLS",
            'use mail.tls = "tls" with mail.port = 465; "none" sends mails and password unencrypted',
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return (
            f"{place} offers no login",
            'many servers offer it only with mail.tls = "starttls"; a relay needs no mail.user',
        )
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return (
            f"{place} closes the connection",
            'check mail.port and mail.tls: port 465 needs "tls", port 587 "starttls"',
        )
    if isinstance(error, smtplib.SMTPException):
        return f"{place}: {words(error)}", "ask the operator of that server"
    if isinstance(error, socket.gaierror):
        return (
            f"the name {settings.server} does not resolve",
            "check mail.server, and whether containers on the node reach a DNS server",
        )
    if isinstance(error, ssl.SSLError):
        return (
            f"{place} speaks no TLS that is understood: {error.reason or error}",
            'use mail.tls = "starttls" for port 587 and 25, "tls" for 465',
        )
    if isinstance(error, ConnectionRefusedError):
        return (
            f"nothing listens at {place}",
            "check mail.server and mail.port; 587 is usual for starttls, 465 for tls",
        )
    if isinstance(error, (TimeoutError, socket.timeout)):
        return (
            f"{place} does not answer within {TIMEOUT_SECONDS} s",
            'check the firewall between the node and the server, and mail.tls: port 465 needs "tls"',
        )
    return f"{place}: {error}", "check mail.server and mail.port"


def certificate_fault(settings):
    """Why this container does not trust the server's certificate. None if it does, or there is no certificate."""
    if settings.tls == "none":
        return None
    try:
        connect(settings, ssl.create_default_context()).quit()
        return None
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    except (OSError, smtplib.SMTPException):
        return None


def reach(settings):
    """Signs in like Frappe. True on success."""
    try:
        session = connect(settings)
        if settings.user:
            session.login(settings.user, settings.password)
        session.quit()
    except (OSError, smtplib.SMTPException) as error:
        warn(*fault(error, settings))
        return False
    if untrusted := certificate_fault(settings):
        say(
            f"note: the certificate of {settings.place} is not from a known authority ({untrusted}); "
            "Frappe does not check it and sends anyway"
        )
    return True


def send_test(settings):
    """Sends through the site, like all its mails. True if the server accepted the message."""
    site = frappe.local.site
    try:
        frappe.sendmail(
            recipients=[settings.test_to],
            sender=os.environ["MAIL_SENDER"],
            subject=f"Test message of {site}",
            message=f"<p>This message was sent by the installer of {site}, through {settings.place}. Mail works.</p>",
            delayed=False,
            now=True,
            add_unsubscribe_link=0,
        )
    except Exception as error:
        frappe.db.rollback()
        cause = error
        while cause is not None and not isinstance(cause, (OSError, smtplib.SMTPException)):
            cause = cause.__cause__ or cause.__context__
        if cause is None:
            warn(f"the test message was not sent: {error}", f"read Email Queue in {site}")
        else:
            warn(*fault(cause, settings))
        return False
    finally:
        frappe.db.commit()
    say(f"a test message to {settings.test_to} was accepted by {settings.place}")
    return True


def main():
    site = os.environ["SITE"]
    frappe.init(site=site, sites_path=".")
    frappe.connect()
    try:
        from frappe.utils.password import get_encryption_key

        settings = Settings()
        memory = Memory(Path(site, ".installer", "mail.json"), get_encryption_key())
        if not write_account(settings, memory):
            return
        tested = memory.keyed(json.dumps([settings.fields(), settings.password, settings.test_to]))
        if memory.known.get("tested") == tested:
            return
        if reach(settings) and (not settings.test_to or send_test(settings)):
            memory.keep(tested=tested)
            if not settings.test_to:
                say(f"{settings.place} accepts the login; no test message, because mail.test_to is not set")
    finally:
        frappe.destroy()


if __name__ == "__main__":
    sys.exit(main())
