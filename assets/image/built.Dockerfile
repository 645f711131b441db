#: collecting what is new
COPY --from=assets-@APP@ --chown=1000:1000 /home/frappe/built /home/frappe/built/@APP@
