"""Email accounts and mails, with the real rules that matter to a script that creates an account.

As in frappe/email: saving an outgoing account connects to its server, unless a patch runs; the account needs a login
unless no_smtp_authentication is set; certificates are not checked; sendmail(now=True) raises the server's error.
"""

import json
import smtplib
from email.message import EmailMessage
from email.utils import parseaddr

import frappe
from frappe.site import Site

DOCTYPE = "Email Account"
TABLE = "CREATE TABLE IF NOT EXISTS `tabEmail Account` (name varchar(140) PRIMARY KEY, record text)"


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


class SiteDatabase:
    def __init__(self, site):
        self.run = Site.open(site).database.run
        self.run(TABLE)

    def sql(self, query, values=()):
        for value in values:
            query = query.replace("%s", quoted(str(value)), 1)
        return [tuple(None if cell == "NULL" else cell for cell in row) for row in self.run(query)]

    def accounts(self):
        return {name: json.loads(record.replace("\\\\", "\\")) for name, record in self.run("SELECT name, record FROM `tabEmail Account`")}

    def exists(self, doctype, name):
        return name if doctype == DOCTYPE and name in self.accounts() else None

    def get_value(self, doctype, filters):
        assert doctype == DOCTYPE
        for name, record in self.accounts().items():
            if all(record.get(field) == value for field, value in filters.items()):
                return name
        return None

    def commit(self):
        pass

    def rollback(self):
        pass


class EmailAccount:
    def __init__(self, record):
        self.__dict__.update(record)

    @classmethod
    def load(cls, name):
        return cls(frappe.db.accounts()[name])

    def get(self, field):
        return self.__dict__.get(field)

    def update(self, fields):
        self.__dict__.update(fields)

    def get_password(self, fieldname="password", raise_exception=True):
        if not self.get(fieldname) and raise_exception:
            raise frappe.ValidationError("Password not found")
        return self.get(fieldname)

    def save(self, ignore_permissions=False):
        del ignore_permissions
        self.name = self.email_account_name
        if not self.get("login_id_is_different"):
            self.login_id = None
        if not frappe.flags.in_patch:
            self.validate()
        if self.get("default_outgoing"):
            for name, record in frappe.db.accounts().items():
                if name != self.name:
                    self.write(name, record | {"default_outgoing": 0})
        self.write(self.name, self.__dict__)

    def validate(self):
        if self.get("password") or self.smtp_server in ("127.0.0.1", "localhost"):
            session(self).quit()
        elif not self.get("no_smtp_authentication"):
            raise frappe.ValidationError("Password is required or select Awaiting Password")

    @staticmethod
    def write(name, record):
        frappe.db.run(f"REPLACE INTO `tabEmail Account` VALUES ({quoted(name)}, {quoted(json.dumps(record))})")


def session(account):
    kind = smtplib.SMTP_SSL if account.get("use_ssl_for_outgoing") else smtplib.SMTP
    try:
        opened = kind(account.smtp_server, int(account.smtp_port), timeout=120)
        if account.get("use_tls"):
            opened.ehlo()
            opened.starttls()
            opened.ehlo()
        if account.get("password"):
            opened.login(account.get("login_id") or account.email_id, account.password)
        return opened
    except smtplib.SMTPAuthenticationError as error:
        raise frappe.ValidationError(f"Please check your email login credentials. {error}")
    except OSError as error:
        raise frappe.ValidationError(f"Invalid Outgoing Mail Server or Port: {error}")


def send(recipients, sender, subject, message, **ignored):
    del ignored
    name = frappe.db.get_value(DOCTYPE, {"enable_outgoing": 1, "default_outgoing": 1})
    if not name:
        raise frappe.ValidationError("Please setup default outgoing Email Account from Tools > Email Account")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, ", ".join(recipients), subject
    mail.set_content(message, subtype="html")
    opened = session(EmailAccount.load(name))
    opened.sendmail(parseaddr(sender)[1], recipients, mail.as_bytes())
    opened.quit()
