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
    value = "9c9f81ac-5b56-5dd4-bffd-b42f232edd4e"
  }
  constraint {
    attribute = "${attr.driver.docker.volumes.enabled}"
    value = "true"
  }
  group "database" {
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
    task "mariadb" {
      driver = "docker"
      config {
        image = "mariadb:10.6"
        args = ["--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci", "--skip-character-set-client-handshake", "--skip-innodb-read-only-compressed"]
        init = true
        image_pull_timeout = "15m"
        network_mode = "erpnext"
        network_aliases = ["db"]
        mount {
          type = "volume"
          source = "erpnext-db-data"
          target = "/var/lib/mysql"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
      }
      env {
        MARIADB_ROOT_HOST = "%"
        MARIADB_ROOT_PASSWORD_FILE = "/secrets/db_root_password"
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
    task "redis-cache" {
      driver = "docker"
      config {
        image = "redis:6.2-alpine"
        command = "redis-server"
        args = ["--save", "", "--databases", "1024", "--maxmemory", "192mb", "--maxmemory-policy", "allkeys-lru"]
        init = true
        image_pull_timeout = "15m"
        network_mode = "erpnext"
        network_aliases = ["redis-cache"]
        mount {
          type = "tmpfs"
          target = "/data"
        }
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
    task "redis-queue" {
      driver = "docker"
      config {
        image = "redis:6.2-alpine"
        command = "redis-server"
        args = ["--appendonly", "yes"]
        init = true
        image_pull_timeout = "15m"
        network_mode = "erpnext"
        network_aliases = ["redis-queue"]
        mount {
          type = "volume"
          source = "erpnext-redis-queue-data"
          target = "/data"
          volume_options {
            labels {
              installer = "erp-installer"
            }
          }
        }
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
    task "redis-socketio" {
      driver = "docker"
      config {
        image = "redis:6.2-alpine"
        command = "redis-server"
        args = ["--save", ""]
        init = true
        image_pull_timeout = "15m"
        network_mode = "erpnext"
        network_aliases = ["redis-socketio"]
        mount {
          type = "tmpfs"
          target = "/data"
        }
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
