# Generated: ERPNext @RELEASE@ with all chosen apps. Builds with BuildKit and with the engine's own builder.
# Apps are fetched by commit, each in a stage of its own, then installed one layer at a time, then their front ends are
# built, each on the layer of its own app: an app that fails repeats no other, also when another ref of it is taken, and a
# ref that moved repeats what comes after it.
# The user frappe is 1000 in all images; its group is not the same in all of them.

#0: preparing the builder
FROM @BUILD_IMAGE@ AS fetcher
#: preparing the builder
COPY --chown=1000:1000 fetch.sh /home/frappe/fetch.sh
