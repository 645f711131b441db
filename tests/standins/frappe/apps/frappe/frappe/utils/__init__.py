import datetime

import frappe


def get_url(uri=""):
    """The site's address: the configured `host_name`, otherwise http and the site's name, as outside a request."""
    address = frappe.local.conf.get("host_name") or frappe.local.site
    return (address if address.startswith("http") else f"http://{address}") + uri


def now():
    return datetime.datetime.now().strftime("%Y-%m-%d %H:%M:%S.%f")
