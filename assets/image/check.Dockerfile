
# get-app only warns of an app for another Frappe, and says nothing of an app that another one requires: these fail.
#: checking what the apps require
COPY --chown=1000:1000 check.py /home/frappe/check.py
#: checking what the apps require
RUN bench validate-dependencies && python3 /home/frappe/check.py @APPS@
# Front ends import the port while they are built.
#: checking what the apps require
RUN echo '{"socketio_port": 9000}' >sites/common_site_config.json

# One at a time: together they take more memory than most hosts have.
