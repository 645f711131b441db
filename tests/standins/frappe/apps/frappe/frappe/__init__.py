"""A stand-in for the Frappe Framework: enough of it to install a site, answer a ping and keep workers busy."""

__version__ = "@VERSION@"

# What scripts outside a request use: frappe.init, connect, db, get_doc, sendmail. The rest is in frappe/mail.py.


class _Flags(dict):
    def __getattr__(self, name):
        return self.get(name)

    def __setattr__(self, name, value):
        self[name] = value


flags = _Flags()
local = _Flags()
db = None


class ValidationError(Exception):
    pass


def init(site, sites_path="."):
    del sites_path
    local.site = site


def connect():
    global db
    from frappe.mail import SiteDatabase

    db = SiteDatabase(local.site)


def destroy():
    global db
    db = None


def get_doc(doctype, name):
    from frappe.mail import EmailAccount

    assert doctype == "Email Account"
    return EmailAccount.load(name)


def new_doc(doctype):
    from frappe.mail import EmailAccount

    assert doctype == "Email Account"
    return EmailAccount({})


def sendmail(**message):
    from frappe.mail import send

    return send(**message)
