
#0: @APP@: installing
FROM @BEFORE@ AS install-@APP@
#4: @APP@: installing
COPY --from=source-@APP@ --chown=1000:1000 /home/frappe/source/@APP@ /home/frappe/source/@APP@
#4: @APP@: installing
RUN bash /home/frappe/install.sh @APP@
