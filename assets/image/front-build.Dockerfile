#20: @APP@: building the front end
RUN @TRUST@bash /home/frappe/assets.sh @SOURCES@
