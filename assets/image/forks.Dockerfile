#1: preparing the bench
COPY --chown=1000:1000 fork.sh /home/frappe/fork.sh
