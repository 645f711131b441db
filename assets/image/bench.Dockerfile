
# Unlike the runtime image, the build image declares no volumes, so the files of the build stay in its layers.
#0: preparing the bench
FROM @BUILD_IMAGE@ AS builder
#6: preparing the bench
COPY --from=@RUNTIME_IMAGE@ --chown=1000:1000 /home/frappe/frappe-bench /home/frappe/frappe-bench
#0: preparing the bench
WORKDIR /home/frappe/frappe-bench
#1: preparing the bench
COPY --chown=1000:1000 environment.sh install.sh packages.sh assets.sh record.py prune.py collect.py merge.py locks.py node.sh /home/frappe/
# Newer runtime images keep the assets outside the volume of the sites and link them at each start.
# A builder that copies a file reads its whole directory, so each file that is copied later has its own directory.
#4: preparing the bench
RUN if [ -d assets ] && [ ! -e sites/assets ]; then ln -s ../assets sites/assets; fi && mkdir /home/frappe/programs /home/frappe/turn && mv /home/frappe/node.sh /home/frappe/programs/node && chmod +x /home/frappe/programs/node && touch /home/frappe/turn/over && python3 /home/frappe/record.py /home/frappe/before.json
