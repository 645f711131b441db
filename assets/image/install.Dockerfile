#: @APP@: installing
COPY --from=source-@APP@ --chown=frappe:frappe /tmp/source/@APP@ /tmp/source/@APP@
#: @APP@: installing
RUN bench get-app /tmp/source/@APP@ --skip-assets --overwrite \
 && grep -qx @APP@ sites/apps.txt
