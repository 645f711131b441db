
#4: @APP@: installing
COPY --from=source-@APP@ --chown=frappe:frappe /home/frappe/source/@APP@ /home/frappe/source/@APP@
#4: @APP@: installing
RUN bash /home/frappe/install.sh @APP@
