
#: @APP@: fetching @REF@
FROM @BUILD_IMAGE@ AS source-@APP@
#: @APP@: fetching @REF@
RUN git init -q /tmp/source/@APP@ \
 && cd /tmp/source/@APP@ \
 && (git fetch -q --depth 1 '@URL@' @COMMIT@ || git fetch -q '@URL@' '@REF@') \
 && git checkout -q @COMMIT@
