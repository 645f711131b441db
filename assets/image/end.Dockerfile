#2: putting the image together
COPY --from=collected --chown=1000:1000 /home/frappe/result/bench /home/frappe/frappe-bench
#: putting the image together
LABEL @LABELS@
