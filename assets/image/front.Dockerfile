
#0: @APP@: packages of the front end
FROM builder AS front-@APP@
# This file never changes. It makes each front end wait for an earlier one without depending on its result.
#0: @APP@: packages of the front end
COPY --from=@BEFORE@ --chown=1000:1000 /home/frappe/turn /home/frappe/turn
# What yarn reads. The other files are copied when it has run: a commit that changes only these does not repeat it.
#0: @APP@: packages of the front end
COPY --from=source-@APP@ --chown=1000:1000 /home/frappe/yarn/@APP@ /home/frappe/frappe-bench/apps/@APP@
