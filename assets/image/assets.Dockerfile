
# One at a time: together they take more memory than most hosts have.
#6: @APP@: building the front end
RUN bench build --apps @APP@
