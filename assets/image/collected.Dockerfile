#2: collecting what is new
RUN python3 /home/frappe/merge.py /home/frappe/built @APPS@ && echo '{}' >sites/common_site_config.json && python3 /home/frappe/collect.py /home/frappe/before.json /home/frappe/result @APPS@
