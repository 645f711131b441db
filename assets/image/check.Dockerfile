
# get-app only warns of an app for another Frappe, and says nothing of an app that another one requires: these fail.
#0: checking what the apps require
FROM @BEFORE@ AS checked
#: checking what the apps require
COPY --chown=1000:1000 check.py /home/frappe/check.py
#: checking what the apps require
RUN bench validate-dependencies && python3 /home/frappe/check.py @APPS@ && touch /home/frappe/turn

# One at a time: together they take more memory than most hosts have. The file, which never changes, makes each wait for
# the one before it without depending on what came of it.
