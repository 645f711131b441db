
# The build image has no bench and, unlike the runtime image, declares no volumes: what is built below stays.
#0: preparing the bench
FROM @BUILD_IMAGE@ AS builder
#2: preparing the bench
COPY --from=@RUNTIME_IMAGE@ --chown=1000:1000 /home/frappe/frappe-bench /home/frappe/frappe-bench
#0: preparing the bench
WORKDIR /home/frappe/frappe-bench
#2: preparing the bench
COPY --chown=1000:1000 install.sh assets.sh record.py collect.py merge.py /home/frappe/
# Newer runtime images keep assets outside the volume of the sites and link them at every start.
#2: preparing the bench
RUN if [ -d assets ] && [ ! -e sites/assets ]; then ln -s ../assets sites/assets; fi && python3 /home/frappe/record.py /home/frappe/before.json
