
#0: @APP@: installing
FROM @BEFORE@ AS install-@APP@
#1: @APP@: installing
COPY --from=source-@APP@ --chown=1000:1000 /home/frappe/source/@APP@ /home/frappe/source/@APP@
#9: @APP@: installing
RUN @TRUST@@PIP_MOUNTS@bash /home/frappe/install.sh @APP@
