# Generated: ERPNext @RELEASE@ with all chosen apps. @BUILDERS@
# Each app is fetched by commit in its own stage. The Python parts are installed one after the other, in one layer each. Each
# front end is built separately, on the bench and the apps that its app requires. An app that fails or changes does not
# repeat other front ends.
# The user frappe has id 1000 in all images; its group differs.

#0: preparing the builder
FROM @BUILD_IMAGE@ AS fetcher
#1: preparing the builder
COPY --chown=1000:1000 fetch.sh split.py environment.sh /home/frappe/
