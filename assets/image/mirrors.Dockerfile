#0: @WORDS@
COPY --chown=1000:1000 @MIRRORS@ /home/frappe/
