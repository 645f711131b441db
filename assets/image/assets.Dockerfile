#0: @APP@: building the front end
FROM install-@APP@ AS assets-@APP@
#0: @APP@: building the front end
COPY --from=@BEFORE@ --chown=1000:1000 /home/frappe/turn /home/frappe/turn
#6: @APP@: building the front end
RUN bash /home/frappe/assets.sh @APP@
