
#: preparing the bench
FROM @BUILD_IMAGE@ AS builder
#: preparing the bench
USER frappe
# The build image has no bench and, unlike the runtime image, declares no volumes: what is built below stays.
#: preparing the bench
COPY --from=@RUNTIME_IMAGE@ --chown=frappe:frappe /home/frappe/frappe-bench /home/frappe/frappe-bench
#: preparing the bench
WORKDIR /home/frappe/frappe-bench
