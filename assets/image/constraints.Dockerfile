#0: preparing the bench
COPY --chown=1000:1000 constraints.txt /home/frappe/constraints.txt
