
# Made on a host with the right files or ssh keys: bash pack.sh @URL@ @COMMIT@ @REF@ @APP@.pack
#0: @APP@: fetching @REF@
FROM fetcher AS source-@APP@
#3: @APP@: fetching @REF@
COPY --chown=1000:1000 @APP@.pack /home/frappe/@APP@.pack
#3: @APP@: fetching @REF@
RUN bash /home/frappe/fetch.sh @APP@ @URL@ @COMMIT@ @REF@
