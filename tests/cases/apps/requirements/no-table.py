from . import __version__

app_name = "people"
required_apps = [
    "frappe/erpnext",
    "https://example.com/frappe/payments.git/",
]
