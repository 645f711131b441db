#6: @APP@: building the front end
RUN bench build --apps @APP@
