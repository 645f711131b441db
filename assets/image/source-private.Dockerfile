
# docker buildx build --secret id=git-@APP@,src=FILE; FILE has the lines username=… and password=…
#0: @APP@: fetching @REF@
FROM fetcher AS source-@APP@
#3: @APP@: fetching @REF@
RUN @TRUST@--mount=type=secret,id=git-@APP@,uid=1000,required=true bash /home/frappe/fetch.sh @APP@ @URL@ @COMMIT@ @REF@
