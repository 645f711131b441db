#15: @APP@: packages of the front end
RUN @TRUST@@YARN_MOUNTS@bash /home/frappe/packages.sh @APP@
#20: @APP@: building the front end
RUN @TRUST@bash /home/frappe/assets.sh @SOURCES@
