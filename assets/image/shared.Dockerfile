#0: collecting what is new
COPY --from=front-@APP@ --chown=1000:1000 /home/frappe/shared/@APP@ /home/frappe/shared/@APP@
#0: collecting what is new
COPY --from=front-@APP@ --chown=1000:1000 /home/frappe/locks/@APP@.json /home/frappe/locks/@APP@.json
