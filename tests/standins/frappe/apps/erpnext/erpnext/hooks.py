app_name = "erpnext"
app_title = "ERPNext (stand-in)"
