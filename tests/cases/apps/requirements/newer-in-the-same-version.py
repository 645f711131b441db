required_apps = ["telephony"]
