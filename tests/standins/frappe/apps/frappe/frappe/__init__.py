"""A stand-in for the Frappe Framework: enough of it to install a site, answer a ping and keep workers busy."""

__version__ = "@VERSION@"
