job "erp-two" {
  namespace = "default"
  type = "service"
  datacenters = ["dc1"]
  node_pool = "default"
  meta {
    installer = "erp-installer"
  }
  constraint {
    attribute = "${node.unique.id}"
    value = "9c9f81ac-5b56-5dd4-bffd-b42f232edd4e"
  }
  constraint {
    attribute = "${attr.driver.docker.volumes.enabled}"
    value = "true"
  }
  group "backend" {
    count = 2
    meta {
      apps = "erpnext hrms crm"
    }
    restart {
      attempts = 6
      interval = "60s"
      delay = "1s"
      mode = "delay"
    }
    reschedule {
      unlimited = true
      delay = "5s"
      delay_function = "exponential"
      max_delay = "60s"
    }
    update {
      max_parallel = 1
      health_check = "task_states"
      min_healthy_time = "10s"
      healthy_deadline = "900s"
      progress_deadline = "1200s"
      canary = 1
      auto_promote = true
    }
    task "backend" {
      driver = "docker"
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        init = true
        image_pull_timeout = "15m"
        network_mode = "erp-two"
        network_aliases = ["backend"]
        dns_options = ["ndots:0"]
        mount {
          type = "volume"
          source = "erp-two-sites"
          target = "/home/frappe/frappe-bench/sites"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
        mount {
          type = "volume"
          source = "erp-two-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      env {
        FORWARDED_ALLOW_IPS = "*"
        FRAPPE_REDIS_CACHE = "redis://redis-cache:6379/435"
        PYTHONPYCACHEPREFIX = "/local/pycache"
      }
      resources {
        cpu = 3900
        memory = 3000
      }
      kill_timeout = "30s"
      shutdown_delay = "30s"
      logs {
        max_files = 5
        max_file_size = 10
      }
    }
  }
  group "websocket" {
    count = 1
    restart {
      attempts = 6
      interval = "60s"
      delay = "1s"
      mode = "delay"
    }
    reschedule {
      unlimited = true
      delay = "5s"
      delay_function = "exponential"
      max_delay = "60s"
    }
    update {
      max_parallel = 1
      health_check = "task_states"
      min_healthy_time = "10s"
      healthy_deadline = "900s"
      progress_deadline = "1200s"
    }
    task "websocket" {
      driver = "docker"
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        command = "node"
        args = ["/home/frappe/frappe-bench/apps/frappe/socketio.js"]
        init = true
        image_pull_timeout = "15m"
        network_mode = "erp-two"
        network_aliases = ["websocket"]
        dns_options = ["ndots:0"]
        mount {
          type = "volume"
          source = "erp-two-sites"
          target = "/home/frappe/frappe-bench/sites"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
        mount {
          type = "volume"
          source = "erp-two-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      env {
        FRAPPE_REDIS_CACHE = "redis://redis-cache:6379/435"
        NODE_EXTRA_CA_CERTS = "/local/site.crt"
      }
      template {
        data = "{{with nomadVar \"nomad/jobs/erp-two\"}}{{.certificate}}{{end}}"
        destination = "local/site.crt"
        perms = "0444"
        uid = 1000
        gid = 1000
        change_mode = "restart"
      }
      resources {
        cpu = 520
        memory = 512
      }
      kill_timeout = "30s"
      logs {
        max_files = 5
        max_file_size = 10
      }
    }
  }
  group "frontend" {
    count = 1
    restart {
      attempts = 6
      interval = "60s"
      delay = "1s"
      mode = "delay"
    }
    reschedule {
      unlimited = true
      delay = "5s"
      delay_function = "exponential"
      max_delay = "60s"
    }
    update {
      max_parallel = 1
      health_check = "task_states"
      min_healthy_time = "10s"
      healthy_deadline = "900s"
      progress_deadline = "1200s"
    }
    network {
      port "http" {
        static = 8080
        to = 8080
      }
      port "https" {
        static = 8443
        to = 8443
      }
    }
    task "frontend" {
      driver = "docker"
      config {
        image = "frappe/erpnext:v15.75.1"
        command = "nginx"
        args = ["-c", "/local/nginx.conf", "-g", "daemon off;"]
        init = true
        image_pull_timeout = "15m"
        network_mode = "erp-two"
        network_aliases = ["erp.example.com"]
        ports = ["http", "https"]
        dns_options = ["ndots:0"]
        mount {
          type = "volume"
          source = "erp-two-sites"
          target = "/home/frappe/frappe-bench/sites"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
        mount {
          type = "volume"
          source = "erp-two-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      template {
        data = <<EOT
# nginx of the frontend container: HTTPS for one site, static files from the volume, everything else to the backend.
# It runs as the user frappe and writes files only below /tmp.
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
worker_processes auto;

events {
  worker_connections 1024;
}

http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  server_tokens off;
  # The container's port is not the one that users type, so a redirect names neither port nor scheme.
  absolute_redirect off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 65;
  gzip on;
  gzip_vary on;
  gzip_proxied any;
  gzip_types text/plain text/css text/javascript application/javascript application/json application/xml image/svg+xml font/woff2;

  client_body_temp_path /tmp/client-body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;

  client_max_body_size 50m;
  large_client_header_buffers 4 32k;
  proxy_buffer_size 32k;
  proxy_buffers 8 32k;
  # A running container accepts within milliseconds. If one is stopped, users get 502 or 504 at once.
  proxy_connect_timeout 1s;

  # Docker's own resolver: nginx finds a backend with a new address within seconds. It resolves a name in a variable at
  # each use; an upstream block would keep the first address.
  resolver 127.0.0.11 valid=1s ipv6=off;
  resolver_timeout 1s;

  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' close;
  }

  map $http_x_erp_installer_pass $pass {
    default none;
    "~^[A-Za-z0-9]+$" $http_x_erp_installer_pass;
  }

  # A name with a hash never changes its content; other files may change with the next image.
  map $uri $assets_cache {
    default "public, max-age=3600";
    "~^/assets/[^/]+/dist/.+\.[A-Z0-9]{8}\.(js|css)(\.map)?$" "public, max-age=31536000, immutable";
    "~^/assets/[^/]+/frontend/assets/.+[.-][A-Za-z0-9_-]{8}\.(js|css|woff2?)$" "public, max-age=31536000, immutable";
  }

  map $remote_addr $client_seen {
    default $remote_addr;
  }
  map $scheme $scheme_seen {
    default $scheme;
  }

  server {
    listen 8080 default_server;
    server_name _;
    location / {
      return 301 https://erp.example.com:8443$request_uri;
    }
  }

  server {
    listen 8443 ssl http2 default_server;
    ssl_certificate /secrets/site.crt;
    ssl_certificate_key /secrets/site.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_prefer_server_ciphers off;
    ssl_session_cache shared:tls:10m;
    ssl_session_timeout 1d;
    ssl_session_tickets off;
    server_name erp.example.com;
    root /home/frappe/frappe-bench/sites;

    add_header X-Content-Type-Options nosniff always;
    add_header X-Frame-Options SAMEORIGIN always;
    add_header Referrer-Policy "same-origin, strict-origin-when-cross-origin" always;

    set $backend http://backend:8000;
    set $websocket http://websocket:9000;

    # While the database changes, and after an update until it is verified, visitors get the page below. The installer's
    # own requests have a pass, for which there is a file; see update.py. The header cannot name any other file.
    set $closed "";
    if (-f $document_root/erp.example.com/.installer/maintenance) {
      set $closed yes;
    }
    if (-f $document_root/erp.example.com/.installer/held) {
      set $closed yes;
    }
    if (-f $document_root/erp.example.com/.installer/held-$pass) {
      set $closed "";
    }
    # The realtime server asks this to sign a visitor in. It changes nothing, and visitors do not reach that server.
    if ($uri = /api/method/frappe.realtime.get_user_info) {
      set $closed "";
    }

    # While the database changes or nothing answers: a page that says so and reloads itself.
    error_page 502 503 504 = @unavailable;
    location @unavailable {
      internal;
      default_type text/html;
      add_header Retry-After 10 always;
      add_header Cache-Control no-store always;
      return 503 "<!doctype html><html lang=en><meta charset=utf-8><meta http-equiv=refresh content=10><title>erp.example.com</title><body style='font-family:sans-serif;text-align:center;margin-top:20vh'><h1>One moment, please</h1><p>erp.example.com is being updated or started. This page reloads itself.</p></body></html>";
    }

    # The assets of the current image, then the previous ones, which open pages still name: create-site publishes both in
    # the sites volume. The image's own assets come last: only they include the packages of the base image.
    # A location with its own add_header inherits none of those above.
    location /assets/ {
      try_files /.assets/current$uri /.assets/previous$uri $uri =404;
      add_header X-Content-Type-Options nosniff always;
      add_header Cache-Control $assets_cache;
    }

    location ~ ^/protected/(.*) {
      internal;
      try_files /erp.example.com/$1 =404;
    }

    location /socket.io {
      if ($closed) {
        return 503;
      }
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Frappe-Site-Name erp.example.com;
      proxy_set_header Origin $scheme_seen://$http_host;
      proxy_set_header Host $host;
      proxy_read_timeout 1h;
      proxy_pass $websocket;
    }

    location / {
      rewrite ^(.+)/$ $1 permanent;
      rewrite ^(.+)/index\.html$ $1 permanent;
      rewrite ^(.+)\.html$ $1 permanent;

      # Uploaded files must not run scripts in the site's origin.
      location ~* ^/files/.*\.(s?html?|xhtml|svgz?|xml)$ {
        add_header Content-Disposition attachment;
        add_header X-Content-Type-Options nosniff always;
        try_files /erp.example.com/public/$uri @webserver;
      }

      try_files /erp.example.com/public/$uri @webserver;
    }

    location @webserver {
      if ($closed) {
        return 503;
      }
      proxy_http_version 1.1;
      proxy_set_header X-Forwarded-For $client_seen;
      proxy_set_header X-Forwarded-Proto $scheme_seen;
      # gunicorn trusts this nginx and would accept these headers from any visitor.
      proxy_set_header X-Forwarded-Protocol "";
      proxy_set_header X-Forwarded-Ssl "";
      proxy_set_header X-Forwarded-Host "";
      proxy_set_header Forwarded "";
      proxy_set_header X-Frappe-Site-Name erp.example.com;
      proxy_set_header Host erp.example.com:8443;
      proxy_set_header X-Use-X-Accel-Redirect True;
      proxy_read_timeout 120;
      proxy_redirect off;
      proxy_pass $backend;
    }
  }
}
EOT
        destination = "local/nginx.conf"
        perms = "0444"
        uid = 1000
        gid = 1000
        change_mode = "signal"
        change_signal = "SIGHUP"
      }
      template {
        data = "{{with nomadVar \"nomad/jobs/erp-two/frontend\"}}{{.certificate}}{{end}}"
        destination = "secrets/site.crt"
        perms = "0400"
        uid = 1000
        gid = 1000
        change_mode = "signal"
        change_signal = "SIGHUP"
      }
      template {
        data = "{{with nomadVar \"nomad/jobs/erp-two/frontend\"}}{{.key}}{{end}}"
        destination = "secrets/site.key"
        perms = "0400"
        uid = 1000
        gid = 1000
        change_mode = "signal"
        change_signal = "SIGHUP"
      }
      resources {
        cpu = 1300
        memory = 1024
      }
      kill_timeout = "30s"
      logs {
        max_files = 5
        max_file_size = 10
      }
    }
  }
  group "scheduler" {
    count = 1
    restart {
      attempts = 6
      interval = "60s"
      delay = "1s"
      mode = "delay"
    }
    reschedule {
      unlimited = true
      delay = "5s"
      delay_function = "exponential"
      max_delay = "60s"
    }
    update {
      max_parallel = 1
      health_check = "task_states"
      min_healthy_time = "10s"
      healthy_deadline = "900s"
      progress_deadline = "1200s"
    }
    task "scheduler" {
      driver = "docker"
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        command = "bench"
        args = ["schedule"]
        init = true
        image_pull_timeout = "15m"
        network_mode = "erp-two"
        dns_options = ["ndots:0"]
        mount {
          type = "volume"
          source = "erp-two-sites"
          target = "/home/frappe/frappe-bench/sites"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
        mount {
          type = "volume"
          source = "erp-two-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      env {
        FRAPPE_REDIS_CACHE = "redis://redis-cache:6379/435"
        PYTHONPYCACHEPREFIX = "/local/pycache"
      }
      resources {
        cpu = 520
        memory = 512
      }
      kill_timeout = "30s"
      logs {
        max_files = 5
        max_file_size = 10
      }
    }
  }
  group "queue-short" {
    count = 3
    restart {
      attempts = 6
      interval = "60s"
      delay = "1s"
      mode = "delay"
    }
    reschedule {
      unlimited = true
      delay = "5s"
      delay_function = "exponential"
      max_delay = "60s"
    }
    update {
      max_parallel = 1
      health_check = "task_states"
      min_healthy_time = "10s"
      healthy_deadline = "900s"
      progress_deadline = "1200s"
    }
    task "queue-short" {
      driver = "docker"
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        command = "bench"
        args = ["worker", "--queue", "short,default"]
        init = true
        image_pull_timeout = "15m"
        network_mode = "erp-two"
        dns_options = ["ndots:0"]
        mount {
          type = "volume"
          source = "erp-two-sites"
          target = "/home/frappe/frappe-bench/sites"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
        mount {
          type = "volume"
          source = "erp-two-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      env {
        FRAPPE_REDIS_CACHE = "redis://redis-cache:6379/435"
        PYTHONPYCACHEPREFIX = "/local/pycache"
      }
      resources {
        cpu = 2600
        memory = 2048
      }
      kill_timeout = "30s"
      logs {
        max_files = 5
        max_file_size = 10
      }
    }
  }
  group "queue-long" {
    count = 2
    restart {
      attempts = 6
      interval = "60s"
      delay = "1s"
      mode = "delay"
    }
    reschedule {
      unlimited = true
      delay = "5s"
      delay_function = "exponential"
      max_delay = "60s"
    }
    update {
      max_parallel = 1
      health_check = "task_states"
      min_healthy_time = "10s"
      healthy_deadline = "900s"
      progress_deadline = "1200s"
    }
    task "queue-long" {
      driver = "docker"
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        command = "bench"
        args = ["worker", "--queue", "long,default,short"]
        init = true
        image_pull_timeout = "15m"
        network_mode = "erp-two"
        dns_options = ["ndots:0"]
        mount {
          type = "volume"
          source = "erp-two-sites"
          target = "/home/frappe/frappe-bench/sites"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
        mount {
          type = "volume"
          source = "erp-two-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      env {
        FRAPPE_REDIS_CACHE = "redis://redis-cache:6379/435"
        PYTHONPYCACHEPREFIX = "/local/pycache"
      }
      resources {
        cpu = 2600
        memory = 2048
      }
      kill_timeout = "30s"
      logs {
        max_files = 5
        max_file_size = 10
      }
    }
  }
}
