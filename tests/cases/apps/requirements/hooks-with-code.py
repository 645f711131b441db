required_apps = ["payments"] if True else []
others = ["x"]
required_apps = other()
