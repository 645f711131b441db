# Generated: ERPNext @RELEASE@ with all chosen apps. @BUILDERS@
# Apps are fetched by commit, each in a stage of its own. Their Python parts are installed one after the other, a layer for
# each. Their front ends are built apart from that, each on the bench and the apps that its app requires: an app that fails
# or moves repeats no other front end.
# The user frappe is 1000 in all images; its group is not the same in all of them.

#0: preparing the builder
FROM @BUILD_IMAGE@ AS fetcher
#1: preparing the builder
COPY --chown=1000:1000 fetch.sh environment.sh /home/frappe/
