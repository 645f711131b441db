app_name = "erpnext"
app_title = "ERPNext (stand-in)"
add_to_apps_screen = [{"name": "erpnext", "title": "ERPNext", "route": "/app/home"}]
