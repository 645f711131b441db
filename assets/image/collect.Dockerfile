
#0: collecting what is new
FROM checked AS collected
#: collecting what is new
COPY --chown=1000:1000 merge.py /home/frappe/merge.py
