required_apps = required()
