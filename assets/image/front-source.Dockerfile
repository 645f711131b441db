#0: @APP@: packages of the front end
COPY --from=source-@SOURCE@ --chown=1000:1000 /home/frappe/source/@SOURCE@ /home/frappe/frappe-bench/apps/@SOURCE@
