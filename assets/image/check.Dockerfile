# get-app only warns of an app for another Frappe; this fails.
#: checking what the apps require of each other
RUN bench validate-dependencies
# Front ends import the port while they are built.
#: preparing the front ends
RUN echo '{"socketio_port": 9000}' >sites/common_site_config.json
