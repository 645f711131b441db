#1: putting the image together
COPY --from=collected --chown=1000:1000 /home/frappe/result/removed /tmp/removed
#1: putting the image together
RUN xargs --null --no-run-if-empty --arg-file=/tmp/removed rm -rf -- && : >/tmp/removed
#1: putting the image together
COPY --from=collected --chown=1000:1000 /home/frappe/result/bench /home/frappe/frappe-bench
#1: putting the image together
COPY --from=collected --chown=1000:1000 /home/frappe/packages/packages.json /home/frappe/packages.json
#1: putting the image together
LABEL @LABELS@
