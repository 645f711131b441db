"""Makes the site's outgoing email account from the answers, and sends one message to test it.

Run by create-site.sh in sites/ with the bench's Python. What the answers say is in MAIL_* of the environment, the
password in a file of SECRETS_DIR. Each line that it prints begins with "mail: ". The SMTP server may be away: that is a
warning, and the account is made all the same. Frappe would refuse to save it then, so its own connection on save is
left out.

What was written is remembered in the site's .installer/mail.json, the password as an HMAC with the site's key.
An account that differs from that was changed in the site: it is kept.
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
PATIENCE = 20
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
        """The account's fields as Frappe keeps them; those that are not here are nobody's business of ours."""
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
    """What this script wrote and tested, without a secret."""

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
    """True when the site's account is the one of the answers now."""
    fields = settings.fields()
    wanted = {"fields": fields, "password": memory.keyed(settings.password) if settings.password else ""}
    written = memory.known.get("written")
    account = account_in_site(NAME)
    if account is None:
        if written:
            say("kept: the account was removed in the site since", f"to have it again: {AGAIN}")
            return False
        default = frappe.db.get_value(DOCTYPE, {"enable_outgoing": 1, "default_outgoing": 1})
        other = default or frappe.db.get_value(DOCTYPE, {"email_id": settings.sender})
        if other:
            say(f"kept: the site has an email account of its own, {other}", "remove it there, or leave out [mail]")
            return False
        account = frappe.new_doc(DOCTYPE)
        account.email_account_name = NAME
    else:
        found = state_of(account, fields, memory)
        # Without a memory the note of it was lost, or somebody made one of this name: only the same counts as ours.
        if found != written and found != wanted:
            say("kept: the account was changed in the site since", f"for that of the answers: delete it there, {AGAIN}")
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
    """Frappe connects to the server when it validates, not in a patch: a server that is away loses no account."""
    before, frappe.flags.in_patch = frappe.flags.in_patch, True
    try:
        account.save(ignore_permissions=True)
        frappe.db.commit()
    finally:
        frappe.flags.in_patch = before


def connect(settings, context=None):
    """What Frappe does to reach the server. Without a context the certificate is not looked at, as in Frappe."""
    kind = smtplib.SMTP_SSL if settings.tls == "tls" else smtplib.SMTP
    options = {"context": context} if settings.tls == "tls" and context else {}
    session = kind(settings.server, settings.port, timeout=PATIENCE, **options)
    if settings.tls == "starttls":
        session.ehlo()
        session.starttls(**({"context": context} if context else {}))
        session.ehlo()
    return session


def words(error):
    """The SMTP server's own words, else the system's."""
    said = getattr(error, "smtp_error", None)
    code = getattr(error, "smtp_code", "")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    if isinstance(said, bytes):
        said = said.decode(errors="replace")
    return f'it says: "{code} {said}"' if said else str(error)


def fault(error, settings):
    """What is wrong, and what to do, for an error of the connection."""
    place = settings.place
    no_starttls = isinstance(error, smtplib.SMTPNotSupportedError) and "STARTTLS" in str(error)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            f"{place} refuses the login of {settings.user}: {words(error)}",
            "look at mail.user and mail.password",
        )
    if isinstance(error, smtplib.SMTPSenderRefused):
        return (
            f"{place} refuses the sender {settings.sender}: {words(error)}",
            "mail.sender must be an address that this login may send as",
        )
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return (
            f"{place} refuses the recipient {settings.test_to}: {words(error)}",
            "look at mail.test_to; a server without a login often takes its own domain only",
        )
    if no_starttls:
        return (
            f"{place} offers no STARTTLS",
            'mail.tls = "tls" with mail.port = 465; "none" sends mails and password readable over the network',
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return (
            f"{place} offers no login",
            'many offer it with mail.tls = "starttls" only; a relay needs no mail.user',
        )
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return (
            f"{place} closes the connection",
            'look at mail.port and mail.tls: port 465 wants "tls", port 587 "starttls"',
        )
    if isinstance(error, smtplib.SMTPException):
        return f"{place}: {words(error)}", "ask who runs that server"
    if isinstance(error, socket.gaierror):
        return (
            f"the name {settings.server} is not known",
            "look at mail.server, and whether containers on the node can ask a DNS server",
        )
    if isinstance(error, ssl.SSLError):
        return (
            f"{place} speaks no TLS that is understood: {error.reason or error}",
            'mail.tls = "starttls" for port 587 and 25, "tls" for 465',
        )
    if isinstance(error, ConnectionRefusedError):
        return (
            f"nothing listens at {place}",
            "look at mail.server and mail.port; 587 is usual for starttls, 465 for tls",
        )
    if isinstance(error, (TimeoutError, socket.timeout)):
        return (
            f"{place} does not answer within {PATIENCE} s",
            'a firewall between the node and the server, or mail.tls does not fit the port: 465 wants "tls"',
        )
    return f"{place}: {error}", "look at mail.server and mail.port"


def certificate_fault(settings):
    """Why this container would not trust the server's certificate; None where it would, or there is none."""
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
    """Signs in as Frappe would. True when that went well."""
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
            "Frappe does not check it and sends all the same"
        )
    return True


def send_test(settings):
    """Through the site, as any of its mails goes. True when the server took it."""
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
            warn(f"the test message was not sent: {error}", f"look at Email Queue in {site}")
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
                say(f"{settings.place} takes the login; no test message: there is no mail.test_to")
    finally:
        frappe.destroy()


if __name__ == "__main__":
    sys.exit(main())
