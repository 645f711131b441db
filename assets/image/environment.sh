# Environment of every command of the build. Sourced by fetch.sh, install.sh, packages.sh and assets.sh.

# A build downloads packages only. These packages would download another program on installation: a browser, a test
# runner, a client. The image needs none of these programs.
export CYPRESS_INSTALL_BINARY=0 PUPPETEER_SKIP_DOWNLOAD=true PUPPETEER_SKIP_CHROMIUM_DOWNLOAD=true
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 SENTRYCLI_SKIP_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1
export CHROMEDRIVER_SKIP_DOWNLOAD=true GECKODRIVER_SKIP_DOWNLOAD=true EDGEDRIVER_SKIP_DOWNLOAD=true
export HUSKY=0 DISABLE_OPENCOLLECTIVE=true ADBLOCK=true

# Compiled Python files contain times, so two builds of the same commit would differ.
export PYTHONDONTWRITEBYTECODE=1 PIP_NO_COMPILE=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# yarn tries a package five times, each until 30 seconds pass without data. On a busy host that is too short. But a lost
# connection costs the whole time, so it must not be much longer.
export YARN_NETWORK_TIMEOUT=60000

# pip must fail, not ask, when an index requires a login.
export PIP_NO_INPUT=1

# Our node, which limits its memory, comes first.
export PATH=/home/frappe/programs:$PATH

# Use the builder's cache of packages if there is one. Otherwise keep no cache, which would stay in a layer.
if [[ -w /home/frappe/pip-cache ]]; then export PIP_CACHE_DIR=/home/frappe/pip-cache; else export PIP_NO_CACHE_DIR=1; fi
if [[ -w /home/frappe/yarn-cache ]]; then export YARN_CACHE_FOLDER=/home/frappe/yarn-cache; fi

# Versions that an earlier build recorded where the apps leave them open.
[[ ! -f /home/frappe/constraints.txt ]] || export PIP_CONSTRAINT=/home/frappe/constraints.txt

# Mirrors, if the answers name them.
[[ ! -f /home/frappe/mirrors.sh ]] || source /home/frappe/mirrors.sh

# CAs that the build trusts in addition to those of the image: a secret of BuildKit, or a file. Node.js adds them to its
# own; the other programs need all of them in one file, which no layer keeps.
for authorities in /run/secrets/authorities /home/frappe/authorities.pem; do
  [[ -s $authorities ]] || continue
  trusted=/tmp/authorities-$$.pem
  trap 'rm --force "$trusted"' EXIT
  cat /etc/ssl/certs/ca-certificates.crt "$authorities" >"$trusted"
  export NODE_EXTRA_CA_CERTS=$authorities GIT_SSL_CAINFO=$trusted PIP_CERT=$trusted
  export REQUESTS_CA_BUNDLE=$trusted SSL_CERT_FILE=$trusted CURL_CA_BUNDLE=$trusted CARGO_HTTP_CAINFO=$trusted
done
