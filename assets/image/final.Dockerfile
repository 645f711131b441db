
# Only what is new: a copy of the whole bench would double it, and would keep what pip replaced.
#0: putting the image together
FROM @RUNTIME_IMAGE@
#2: putting the image together
COPY --from=collected --chown=1000:1000 /home/frappe/result/removed /tmp/removed
#2: putting the image together
RUN xargs --null --no-run-if-empty --arg-file=/tmp/removed rm -rf -- && : >/tmp/removed
