
#0: collecting what is new
FROM checked AS collected
