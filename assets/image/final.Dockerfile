#: cleaning up
RUN echo '{}' >sites/common_site_config.json \
 && find apps -mindepth 2 -maxdepth 2 -name .git -prune -exec rm -rf {} + \
 && rm -rf /home/frappe/.cache

#: putting the image together
FROM @RUNTIME_IMAGE@
#: putting the image together
COPY --from=builder --chown=frappe:frappe /home/frappe/frappe-bench /home/frappe/frappe-bench
