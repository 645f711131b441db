#2: putting the image together
COPY --from=builder --chown=frappe:frappe /home/frappe/result/bench /home/frappe/frappe-bench
#: putting the image together
LABEL @LABELS@
