job "erpnext-data" {
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
  group "database" {
    count = 1
    volume "data" {
      type = "host"
      source = "erpnext-db"
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
      port "db" {
        to = 3306
      }
    }
    service {
      name = "erpnext-db"
      port = "db"
      provider = "nomad"
      address_mode = "host"
    }
    task "mariadb" {
      driver = "docker"
      config {
        image = "mariadb:10.6"
        args = ["--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci", "--skip-character-set-client-handshake", "--skip-innodb-read-only-compressed"]
        init = true
        image_pull_timeout = "15m"
        ports = ["db"]
      }
      env {
        MARIADB_ROOT_HOST = "%"
        MARIADB_ROOT_PASSWORD_FILE = "/secrets/db_root_password"
      }
      volume_mount {
        volume = "data"
        destination = "/var/lib/mysql"
        read_only = false
      }
      template {
        data = "{{with nomadVar \"nomad/jobs/erpnext-data/database\"}}{{.db_root_password}}{{end}}"
        destination = "secrets/db_root_password"
        perms = "0400"
        uid = 999
        gid = 999
        change_mode = "noop"
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
  group "redis-cache" {
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
      port "redis_cache" {
        to = 6379
      }
    }
    service {
      name = "erpnext-redis-cache"
      port = "redis_cache"
      provider = "nomad"
      address_mode = "host"
    }
    task "redis-cache" {
      driver = "docker"
      config {
        image = "redis:6.2-alpine"
        command = "redis-server"
        args = ["/secrets/redis.conf", "--save", "", "--databases", "1024", "--maxmemory", "192mb", "--maxmemory-policy", "allkeys-lru"]
        init = true
        image_pull_timeout = "15m"
        ports = ["redis_cache"]
        mount {
          type = "tmpfs"
          target = "/data"
        }
      }
      template {
        data = <<EOT
{{with nomadVar "nomad/jobs/erpnext-data"}}requirepass {{.redis_password}}{{end}}
EOT
        destination = "secrets/redis.conf"
        perms = "0400"
        uid = 999
        gid = 999
        change_mode = "restart"
      }
      resources {
        cpu = 520
        memory = 256
      }
      kill_timeout = "30s"
      logs {
        max_files = 5
        max_file_size = 10
      }
    }
  }
  group "redis-queue" {
    count = 1
    volume "data" {
      type = "host"
      source = "erpnext-queue"
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
      port "redis_queue" {
        to = 6379
      }
    }
    service {
      name = "erpnext-redis-queue"
      port = "redis_queue"
      provider = "nomad"
      address_mode = "host"
    }
    task "redis-queue" {
      driver = "docker"
      config {
        image = "redis:6.2-alpine"
        command = "redis-server"
        args = ["/secrets/redis.conf", "--appendonly", "yes"]
        init = true
        image_pull_timeout = "15m"
        ports = ["redis_queue"]
      }
      volume_mount {
        volume = "data"
        destination = "/data"
        read_only = false
      }
      template {
        data = <<EOT
{{with nomadVar "nomad/jobs/erpnext-data"}}requirepass {{.redis_password}}{{end}}
EOT
        destination = "secrets/redis.conf"
        perms = "0400"
        uid = 999
        gid = 999
        change_mode = "restart"
      }
      resources {
        cpu = 520
        memory = 256
      }
      kill_timeout = "30s"
      logs {
        max_files = 5
        max_file_size = 10
      }
    }
  }
  group "redis-socketio" {
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
      port "redis_socketio" {
        to = 6379
      }
    }
    service {
      name = "erpnext-redis-socketio"
      port = "redis_socketio"
      provider = "nomad"
      address_mode = "host"
    }
    task "redis-socketio" {
      driver = "docker"
      config {
        image = "redis:6.2-alpine"
        command = "redis-server"
        args = ["/secrets/redis.conf", "--save", ""]
        init = true
        image_pull_timeout = "15m"
        ports = ["redis_socketio"]
        mount {
          type = "tmpfs"
          target = "/data"
        }
      }
      template {
        data = <<EOT
{{with nomadVar "nomad/jobs/erpnext-data"}}requirepass {{.redis_password}}{{end}}
EOT
        destination = "secrets/redis.conf"
        perms = "0400"
        uid = 999
        gid = 999
        change_mode = "restart"
      }
      resources {
        cpu = 520
        memory = 256
      }
      kill_timeout = "30s"
      logs {
        max_files = 5
        max_file_size = 10
      }
    }
  }
}
