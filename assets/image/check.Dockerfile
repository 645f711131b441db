
# get-app only warns about an app for another Frappe and ignores a missing required app. These checks fail instead.
#0: checking what the apps require
FROM @BEFORE@ AS checked
#1: checking what the apps require
COPY --chown=1000:1000 check.py /home/frappe/check.py
#3: checking what the apps require
RUN bench validate-dependencies && python3 /home/frappe/check.py @APPS@
