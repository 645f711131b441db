#2: putting the image together
COPY --from=builder --chown=frappe:frappe /home/frappe/frappe-bench/apps/@APP@ /home/frappe/frappe-bench/apps/@APP@
