
#0: @APP@: fetching @REF@
FROM fetcher AS source-@APP@
#: @APP@: fetching @REF@
RUN bash /home/frappe/fetch.sh @APP@ @URL@ @COMMIT@ @REF@
