#8: collecting what is new
RUN python3 /home/frappe/merge.py /home/frappe/shared @APPS@ && echo '{}' >sites/common_site_config.json && python3 /home/frappe/locks.py gather @APPS@ && python3 /home/frappe/collect.py bench @APPS@
