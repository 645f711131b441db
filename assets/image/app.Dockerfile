#1: putting the image together
COPY --from=collected --chown=1000:1000 /home/frappe/installed/@APP@/ /home/frappe/
#1: putting the image together
COPY --from=front-@APP@ --chown=1000:1000 /home/frappe/front/@APP@/ /home/frappe/
