"""The site's key for stored passwords: created at its first use, kept in site_config.json."""

import json
import secrets
from pathlib import Path


def get_encryption_key():
    import frappe

    path = Path(frappe.local.site, "site_config.json")
    config = json.loads(path.read_text())
    if "encryption_key" not in config:
        config["encryption_key"] = secrets.token_urlsafe(32)
        path.write_text(json.dumps(config, indent=1, sort_keys=True))
    return config["encryption_key"]
