# The list of removed files stays in the image: to empty it would give the layer the time of the build.
#1: putting the image together
COPY --from=collected --chown=1000:1000 /home/frappe/result/gone/ /home/
#1: putting the image together
RUN xargs --null --no-run-if-empty --arg-file=/home/frappe/removed rm -rf --
#1: putting the image together
COPY --from=collected --chown=1000:1000 /home/frappe/result/new/ /home/
#1: putting the image together
LABEL @LABELS@
