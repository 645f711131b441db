# required_apps = ["payments"]
