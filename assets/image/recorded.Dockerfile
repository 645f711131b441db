#0: @APP@: packages of the front end
COPY --chown=1000:1000 @APP@.locks.json /home/frappe/recorded/@APP@.json
