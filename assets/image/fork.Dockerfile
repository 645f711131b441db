#1: @APP@: installing
COPY --from=source-@APP@ --chown=1000:1000 /home/frappe/source/@APP@ /home/frappe/source/@APP@
#30: @APP@: installing
RUN @TRUST@@PIP_MOUNTS@bash /home/frappe/install.sh @APP@
#60: @APP@: packages of the front end
RUN @TRUST@@YARN_MOUNTS@bash /home/frappe/packages.sh @APP@
#60: @APP@: building the front end
RUN @TRUST@bash /home/frappe/fork.sh @APP@
