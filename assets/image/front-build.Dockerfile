#15: @APP@: packages of the front end
RUN @YARN_MOUNTS@bash /home/frappe/packages.sh @APP@
#20: @APP@: building the front end
RUN bash /home/frappe/assets.sh @SOURCES@
