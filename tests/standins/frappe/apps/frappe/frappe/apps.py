"""The apps page."""

import frappe


def get_apps():
    return [
        {"name": app, "route": entry.get("route")}
        for app in frappe.get_installed_apps() if app != "frappe"
        for entry in frappe.get_hooks("add_to_apps_screen", app_name=app)
    ]
