
#0: @APP@: packages of the front end
FROM builder AS front-@APP@
# The file never changes: it makes each front end wait for one before it, without depending on what came of that.
#0: @APP@: packages of the front end
COPY --from=@BEFORE@ --chown=1000:1000 /home/frappe/turn /home/frappe/turn
