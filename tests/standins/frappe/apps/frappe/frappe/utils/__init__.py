import datetime

import frappe


def get_url(uri=""):
    """The site's address: `host_name` of the configuration, else http and the bare name, as without a request."""
    address = frappe.local.conf.get("host_name") or frappe.local.site
    return (address if address.startswith("http") else f"http://{address}") + uri


def now():
    return datetime.datetime.now().strftime("%Y-%m-%d %H:%M:%S.%f")
