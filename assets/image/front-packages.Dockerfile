#15: @APP@: packages of the front end
RUN @TRUST@@YARN_MOUNTS@bash /home/frappe/packages.sh @APP@
#0: @APP@: packages of the front end
COPY --from=source-@APP@ --chown=1000:1000 /home/frappe/rest/@APP@ /home/frappe/frappe-bench/apps/@APP@
