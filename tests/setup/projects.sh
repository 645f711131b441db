# shellcheck shell=bash disable=SC2154 # root, cache, scratch and run_id are set by ./test
# Builds the solution and runs its test projects, counting. Sourced by ./test.

passed=0 failed=0 skipped=0
runner=

# A program finds its runtime only in /usr/share/dotnet, but the SDK may be elsewhere.
set_runtime() {
  local sdk
  sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
  [[ -n ${DOTNET_ROOT-} || ! -d $sdk/shared ]] || export DOTNET_ROOT=$sdk
}

build_solution() {
  # No build servers: they would outlive this run and keep its descriptors.
  dotnet build "$root/ErpInstaller.sln" --nologo --verbosity quiet --disable-build-servers \
    -consoleLoggerParameters:NoSummary </dev/null
}

# The native program that operators run. It has other generated code and lacks unused parts.
build_program() {
  [[ -z ${ERP_TEST_BINARY-} ]] || return 0
  local began=$SECONDS
  if "$root/erp-installer" --version </dev/null >"$scratch/program.log" 2>&1; then
    export ERP_TEST_BINARY=$root/build/erp-installer
    say "the program is there after $((SECONDS - began)) s"
  else
    cat "$scratch/program.log"
    failed=$((failed + 1))
  fi
}

# run_project DIRECTORY [FILTER…]: a filter is a part of a test's full name; with several, one must match.
run_project() {
  local project=$1 name program report filters=() filter attributes
  shift
  name=$(basename "$project")
  program=$(find "$project/bin/Debug" -maxdepth 2 -name '*.Tests' -type f -executable 2>/dev/null | head -n 1)
  report=$scratch/$name.xml
  for filter; do
    filters+=(-method "*$filter*")
  done
  if [[ -z $program ]]; then
    echo "$name: no test program was built"
    failed=$((failed + 1))
    return
  fi
  [[ -t 1 ]] || filters+=(-noColor)
  # In the background, so that a signal to ./test need not wait for the program's end.
  "$program" -noLogo "${filters[@]}" -result-xml "$report" </dev/null &
  runner=$!
  wait "$runner" || true
  runner=
  attributes=$(grep --only-matching --max-count=1 '<assembly [^>]*>' "$report" 2>/dev/null || true)
  if [[ -z $attributes ]]; then
    # After a crash there is no report.
    echo "$name: ended without a report"
    failed=$((failed + 1))
    return
  fi
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed) + $(count errors)))
  skipped=$((skipped + $(count skipped)))
}

# Says again what failed: a log that is cut, or read from its end, must still name it.
show_failures() {
  local reports=("$scratch"/*.Tests.xml)
  [[ -f ${reports[0]} ]] || return 0
  # A record is a test; its message and its stack trace are CDATA sections.
  awk 'BEGIN { RS = "<test |</test>" }
    /result="Fail"/ && match($0, / name="[^"]*"/) {
      print "failed: " substr($0, RSTART + 7, RLENGTH - 8)
      parts = split($0, part, /<!\[CDATA\[/)
      for (i = 2; i <= parts; i++) print substr(part[i], 1, index(part[i], "]]>") - 1)
    }' "${reports[@]}" | cut -c -500 | sed -n 1,60p
}

count() {
  sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$attributes"
}
