job "erpnext" {
  namespace = "default"
  type = "service"
  datacenters = ["dc1"]
  node_pool = "default"
  meta {
    installer = "erp-installer"
  }
  constraint {
    attribute = "${node.unique.id}"
    operator = "set_contains_any"
    value = "9c9f81ac-5b56-5dd4-bffd-b42f232edd4e,0d1e8d5c-7a26-4a52-9b4e-5f6f7f0c2a11"
  }
  constraint {
    attribute = "${attr.driver.docker.volumes.enabled}"
    operator = "set_contains_any"
    value = "true,1"
  }
  constraint {
    attribute = "${attr.cpu.arch}"
    value = "amd64"
  }
  spread {
    attribute = "${node.unique.id}"
    weight = 100
  }
  group "backend" {
    count = 1
    meta {
      apps = "erpnext hrms crm"
    }
    volume "sites" {
      type = "host"
      source = "erpnext-sites"
      read_only = false
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
    network {
      port "backend" {
        to = 8000
      }
    }
    service {
      name = "erpnext-backend"
      port = "backend"
      provider = "nomad"
      address_mode = "host"
    }
    task "backend" {
      driver = "docker"
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        init = true
        image_pull_timeout = "15m"
        ports = ["backend"]
        extra_hosts = ["erp.example.com:192.0.2.10"]
        mount {
          type = "volume"
          source = "erpnext-logs"
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
        PYTHONPYCACHEPREFIX = "/local/pycache"
      }
      volume_mount {
        volume = "sites"
        destination = "/home/frappe/frappe-bench/sites"
        read_only = false
      }
      template {
        data = <<EOT
{{with nomadService "erpnext-db"}}{{with index . 0}}
DB_HOST={{.Address}}
DB_PORT={{.Port}}
FRAPPE_DB_HOST={{.Address}}
FRAPPE_DB_PORT={{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/backend/backend"}}{{end}}{{end}}
{{with nomadVar "nomad/jobs/erpnext"}}{{$password := .redis_password}}
{{with nomadService "erpnext-redis-cache"}}{{with index . 0}}
REDIS_CACHE={{.Address}}:{{.Port}}
FRAPPE_REDIS_CACHE=redis://:{{$password}}@{{.Address}}:{{.Port}}/435
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/backend/backend"}}{{end}}{{end}}
{{with nomadService "erpnext-redis-queue"}}{{with index . 0}}
REDIS_QUEUE={{.Address}}:{{.Port}}
FRAPPE_REDIS_QUEUE=redis://:{{$password}}@{{.Address}}:{{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/backend/backend"}}{{end}}{{end}}
{{with nomadService "erpnext-redis-socketio"}}{{with index . 0}}
REDIS_SOCKETIO={{.Address}}:{{.Port}}
FRAPPE_REDIS_SOCKETIO=redis://:{{$password}}@{{.Address}}:{{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/backend/backend"}}{{end}}{{end}}
{{end}}
EOT
        destination = "secrets/services.env"
        perms = "0400"
        uid = 1000
        gid = 1000
        change_mode = "restart"
        env = true
      }
      resources {
        cpu = 5200
        memory = 4096
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
    volume "sites" {
      type = "host"
      source = "erpnext-sites"
      read_only = false
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
    }
    network {
      port "websocket" {
        to = 9000
      }
    }
    service {
      name = "erpnext-websocket"
      port = "websocket"
      provider = "nomad"
      address_mode = "host"
    }
    task "websocket" {
      driver = "docker"
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        command = "node"
        args = ["/home/frappe/frappe-bench/apps/frappe/socketio.js"]
        init = true
        image_pull_timeout = "15m"
        ports = ["websocket"]
        extra_hosts = ["erp.example.com:192.0.2.10"]
        mount {
          type = "volume"
          source = "erpnext-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      volume_mount {
        volume = "sites"
        destination = "/home/frappe/frappe-bench/sites"
        read_only = false
      }
      template {
        data = <<EOT
{{with nomadService "erpnext-db"}}{{with index . 0}}
DB_HOST={{.Address}}
DB_PORT={{.Port}}
FRAPPE_DB_HOST={{.Address}}
FRAPPE_DB_PORT={{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/websocket/websocket"}}{{end}}{{end}}
{{with nomadVar "nomad/jobs/erpnext"}}{{$password := .redis_password}}
{{with nomadService "erpnext-redis-cache"}}{{with index . 0}}
REDIS_CACHE={{.Address}}:{{.Port}}
FRAPPE_REDIS_CACHE=redis://:{{$password}}@{{.Address}}:{{.Port}}/435
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/websocket/websocket"}}{{end}}{{end}}
{{with nomadService "erpnext-redis-queue"}}{{with index . 0}}
REDIS_QUEUE={{.Address}}:{{.Port}}
FRAPPE_REDIS_QUEUE=redis://:{{$password}}@{{.Address}}:{{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/websocket/websocket"}}{{end}}{{end}}
{{with nomadService "erpnext-redis-socketio"}}{{with index . 0}}
REDIS_SOCKETIO={{.Address}}:{{.Port}}
FRAPPE_REDIS_SOCKETIO=redis://:{{$password}}@{{.Address}}:{{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/websocket/websocket"}}{{end}}{{end}}
{{end}}
EOT
        destination = "secrets/services.env"
        perms = "0400"
        uid = 1000
        gid = 1000
        change_mode = "restart"
        env = true
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
    volume "sites" {
      type = "host"
      source = "erpnext-sites"
      read_only = false
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
    }
    network {
      port "http" {
        to = 8080
      }
    }
    service {
      name = "erpnext"
      port = "http"
      provider = "nomad"
      tags = ["traefik.enable=true", "traefik.http.routers.erpnext.rule=Host(`erp.example.com`)", "traefik.http.routers.erpnext.entrypoints=websecure", "traefik.http.routers.erpnext.tls.certresolver=le"]
    }
    task "frontend" {
      driver = "docker"
      config {
        image = "frappe/erpnext:v15.75.1"
        command = "nginx"
        args = ["-c", "/local/nginx.conf", "-g", "daemon off;"]
        init = true
        image_pull_timeout = "15m"
        ports = ["http"]
        mount {
          type = "volume"
          source = "erpnext-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      volume_mount {
        volume = "sites"
        destination = "/home/frappe/frappe-bench/sites"
        read_only = false
      }
      template {
        data = <<EOT
# nginx of the frontend container: HTTPS for one site, static files from the volume, everything else to the backend.
# It runs as the user frappe and writes files only below /tmp.
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
worker_processes auto;
# After a reload the old workers keep open WebSockets; then browsers reconnect.
worker_shutdown_timeout 5m;

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

  # Nomad writes the addresses and reloads nginx when they change. Without any address nginx answers 502.
  upstream backend {
{{- range nomadService "erpnext-backend"}}
    server {{.Address}}:{{.Port}};
{{- else}}
    server 127.0.0.1:9 down;
{{- end}}
  }

  upstream websocket {
{{- range nomadService "erpnext-websocket"}}
    server {{.Address}}:{{.Port}};
{{- else}}
    server 127.0.0.1:9 down;
{{- end}}
  }

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

  # TLS ends at Traefik, so its headers count.
  map $http_x_forwarded_for $client_seen {
    default $http_x_forwarded_for;
    '' $remote_addr;
  }
  map $http_x_forwarded_proto $scheme_seen {
    default $http_x_forwarded_proto;
    '' $scheme;
  }

  server {
    listen 8080 default_server;
    server_name erp.example.com;
    root /home/frappe/frappe-bench/sites;

    add_header Strict-Transport-Security "max-age=31536000" always;
    add_header X-Content-Type-Options nosniff always;
    add_header X-Frame-Options SAMEORIGIN always;
    add_header Referrer-Policy "same-origin, strict-origin-when-cross-origin" always;

    set $backend http://backend;
    set $websocket http://websocket;

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
      add_header Strict-Transport-Security "max-age=31536000" always;
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
        add_header Strict-Transport-Security "max-age=31536000" always;
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
      proxy_set_header Host erp.example.com;
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
    volume "sites" {
      type = "host"
      source = "erpnext-sites"
      read_only = false
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
    }
    task "scheduler" {
      driver = "docker"
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        command = "bench"
        args = ["schedule"]
        init = true
        image_pull_timeout = "15m"
        extra_hosts = ["erp.example.com:192.0.2.10"]
        mount {
          type = "volume"
          source = "erpnext-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      env {
        PYTHONPYCACHEPREFIX = "/local/pycache"
      }
      volume_mount {
        volume = "sites"
        destination = "/home/frappe/frappe-bench/sites"
        read_only = false
      }
      template {
        data = <<EOT
{{with nomadService "erpnext-db"}}{{with index . 0}}
DB_HOST={{.Address}}
DB_PORT={{.Port}}
FRAPPE_DB_HOST={{.Address}}
FRAPPE_DB_PORT={{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/scheduler/scheduler"}}{{end}}{{end}}
{{with nomadVar "nomad/jobs/erpnext"}}{{$password := .redis_password}}
{{with nomadService "erpnext-redis-cache"}}{{with index . 0}}
REDIS_CACHE={{.Address}}:{{.Port}}
FRAPPE_REDIS_CACHE=redis://:{{$password}}@{{.Address}}:{{.Port}}/435
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/scheduler/scheduler"}}{{end}}{{end}}
{{with nomadService "erpnext-redis-queue"}}{{with index . 0}}
REDIS_QUEUE={{.Address}}:{{.Port}}
FRAPPE_REDIS_QUEUE=redis://:{{$password}}@{{.Address}}:{{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/scheduler/scheduler"}}{{end}}{{end}}
{{with nomadService "erpnext-redis-socketio"}}{{with index . 0}}
REDIS_SOCKETIO={{.Address}}:{{.Port}}
FRAPPE_REDIS_SOCKETIO=redis://:{{$password}}@{{.Address}}:{{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/scheduler/scheduler"}}{{end}}{{end}}
{{end}}
EOT
        destination = "secrets/services.env"
        perms = "0400"
        uid = 1000
        gid = 1000
        change_mode = "restart"
        env = true
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
    count = 1
    volume "sites" {
      type = "host"
      source = "erpnext-sites"
      read_only = false
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
    }
    task "queue-short" {
      driver = "docker"
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        command = "bench"
        args = ["worker", "--queue", "short,default"]
        init = true
        image_pull_timeout = "15m"
        extra_hosts = ["erp.example.com:192.0.2.10"]
        mount {
          type = "volume"
          source = "erpnext-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      env {
        PYTHONPYCACHEPREFIX = "/local/pycache"
      }
      volume_mount {
        volume = "sites"
        destination = "/home/frappe/frappe-bench/sites"
        read_only = false
      }
      template {
        data = <<EOT
{{with nomadService "erpnext-db"}}{{with index . 0}}
DB_HOST={{.Address}}
DB_PORT={{.Port}}
FRAPPE_DB_HOST={{.Address}}
FRAPPE_DB_PORT={{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/queue-short/queue-short"}}{{end}}{{end}}
{{with nomadVar "nomad/jobs/erpnext"}}{{$password := .redis_password}}
{{with nomadService "erpnext-redis-cache"}}{{with index . 0}}
REDIS_CACHE={{.Address}}:{{.Port}}
FRAPPE_REDIS_CACHE=redis://:{{$password}}@{{.Address}}:{{.Port}}/435
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/queue-short/queue-short"}}{{end}}{{end}}
{{with nomadService "erpnext-redis-queue"}}{{with index . 0}}
REDIS_QUEUE={{.Address}}:{{.Port}}
FRAPPE_REDIS_QUEUE=redis://:{{$password}}@{{.Address}}:{{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/queue-short/queue-short"}}{{end}}{{end}}
{{with nomadService "erpnext-redis-socketio"}}{{with index . 0}}
REDIS_SOCKETIO={{.Address}}:{{.Port}}
FRAPPE_REDIS_SOCKETIO=redis://:{{$password}}@{{.Address}}:{{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/queue-short/queue-short"}}{{end}}{{end}}
{{end}}
EOT
        destination = "secrets/services.env"
        perms = "0400"
        uid = 1000
        gid = 1000
        change_mode = "restart"
        env = true
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
    count = 1
    volume "sites" {
      type = "host"
      source = "erpnext-sites"
      read_only = false
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
    }
    task "queue-long" {
      driver = "docker"
      config {
        image = "erpnext-full:v15.75.1-0a1b2c3d4e5f"
        command = "bench"
        args = ["worker", "--queue", "long,default,short"]
        init = true
        image_pull_timeout = "15m"
        extra_hosts = ["erp.example.com:192.0.2.10"]
        mount {
          type = "volume"
          source = "erpnext-logs"
          target = "/home/frappe/frappe-bench/logs"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      env {
        PYTHONPYCACHEPREFIX = "/local/pycache"
      }
      volume_mount {
        volume = "sites"
        destination = "/home/frappe/frappe-bench/sites"
        read_only = false
      }
      template {
        data = <<EOT
{{with nomadService "erpnext-db"}}{{with index . 0}}
DB_HOST={{.Address}}
DB_PORT={{.Port}}
FRAPPE_DB_HOST={{.Address}}
FRAPPE_DB_PORT={{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/queue-long/queue-long"}}{{end}}{{end}}
{{with nomadVar "nomad/jobs/erpnext"}}{{$password := .redis_password}}
{{with nomadService "erpnext-redis-cache"}}{{with index . 0}}
REDIS_CACHE={{.Address}}:{{.Port}}
FRAPPE_REDIS_CACHE=redis://:{{$password}}@{{.Address}}:{{.Port}}/435
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/queue-long/queue-long"}}{{end}}{{end}}
{{with nomadService "erpnext-redis-queue"}}{{with index . 0}}
REDIS_QUEUE={{.Address}}:{{.Port}}
FRAPPE_REDIS_QUEUE=redis://:{{$password}}@{{.Address}}:{{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/queue-long/queue-long"}}{{end}}{{end}}
{{with nomadService "erpnext-redis-socketio"}}{{with index . 0}}
REDIS_SOCKETIO={{.Address}}:{{.Port}}
FRAPPE_REDIS_SOCKETIO=redis://:{{$password}}@{{.Address}}:{{.Port}}
{{end}}{{else}}{{with nomadVar "nomad/jobs/erpnext/queue-long/queue-long"}}{{end}}{{end}}
{{end}}
EOT
        destination = "secrets/services.env"
        perms = "0400"
        uid = 1000
        gid = 1000
        change_mode = "restart"
        env = true
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
