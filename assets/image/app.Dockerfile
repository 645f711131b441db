#2: putting the image together
COPY --from=assets-@APP@ --chown=1000:1000 /home/frappe/frappe-bench/apps/@APP@ /home/frappe/frappe-bench/apps/@APP@
