
#2: collecting what is new
COPY --chown=1000:1000 collect.py /home/frappe/collect.py
#2: collecting what is new
RUN echo '{}' >sites/common_site_config.json && python3 /home/frappe/collect.py /home/frappe/before.json /home/frappe/result @APPS@
