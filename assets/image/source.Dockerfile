
#0: @APP@: fetching @REF@
FROM fetcher AS source-@APP@
#3: @APP@: fetching @REF@
RUN @TRUST@bash /home/frappe/fetch.sh @APP@ @URL@ @COMMIT@ @REF@
