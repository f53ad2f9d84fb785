#!/usr/bin/env bash
# Builds Observe and runs all of its tests, on a machine that has the .NET SDK, Node.js and a package manager's mirror.
# The last line is "N passed, N failed"; the exit code is 0 only if every suite ran to its end and every test passed.
# Logs and results (CTRF, https://ctrf.io) stay in artifacts/tests.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
artifacts=$root/artifacts/tests
configuration=Release
# More at once only makes tests with processes of their own wait for each other.
threads=$(nproc)
threads=$((threads > 4 ? 4 : threads))
# A suite that hangs must end before whoever runs this loses patience.
suite_limit=12m

fail() {
  echo "tests/run.sh: $*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "Installing needs root, and there is no sudo. Run as root once: $*"
  fi
}

check_tools() {
  local tool
  for tool in dotnet node npm; do
    command -v "$tool" >/dev/null || fail "$tool is missing. Install the .NET SDK 10 and Node.js 20.6 or later."
  done
}

install_chromium() {
  [ -x /usr/bin/chromium ] && return
  command -v apt-get >/dev/null ||
    fail "/usr/bin/chromium is missing and there is no apt-get. Install Chromium, so that /usr/bin/chromium starts it."
  echo "Installing Chromium for the browser tests …"
  as_root apt-get update -qq || fail "apt-get update failed; Chromium is missing and cannot be installed."
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >"$artifacts/apt.log" 2>&1 ||
    fail "apt-get install chromium failed; see $artifacts/apt.log."
  [ -x /usr/bin/chromium ] || fail "Chromium was installed, but not as /usr/bin/chromium."
}

install_node_client() {
  local folder=$root/tests/clients/node
  [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && return
  echo "Installing the packages of tests/clients/node …"
  npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error || fail "npm ci failed in tests/clients/node."
  touch "$folder/node_modules/.package-lock.json"
}

build() {
  echo "Building …"
  dotnet build Observe.sln --configuration "$configuration" --nologo --verbosity quiet || fail "The build failed."
}

passed=0
failed=0
skipped=0
broken=0

run_suite() {
  local name=$1
  local results=$artifacts/$name.ctrf.json
  local counts suite_passed suite_failed suite_skipped
  local code=0
  echo "Running $name …"
  timeout --kill-after=30s "$suite_limit" \
    dotnet "tests/$name/bin/$configuration/net10.0/$name.dll" -noColor -maxThreads "$threads" -ctrf "$results" 2>&1 |
    tee "$artifacts/$name.log" || code=$?
  if [ ! -s "$results" ]; then
    echo "$name did not run to its end (exit code $code); see $artifacts/$name.log." >&2
    broken=1
    return
  fi

  # Pending are explicit tests: measurements of minutes that are run by name, never with the suite.
  counts=$(node -p 'const s = JSON.parse(require("fs").readFileSync(process.argv[1])).results.summary;
    `${s.passed} ${s.failed + s.other} ${s.skipped}`' "$results")
  read -r suite_passed suite_failed suite_skipped <<<"$counts"
  passed=$((passed + suite_passed))
  failed=$((failed + suite_failed))
  skipped=$((skipped + suite_skipped))
  if [ $((suite_passed + suite_failed)) -eq 0 ]; then
    echo "$name ran no test." >&2
    broken=1
  elif [ "$code" -ne 0 ] && [ "$suite_failed" -eq 0 ]; then
    echo "$name ended with exit code $code although no test failed; see $artifacts/$name.log." >&2
    broken=1
  fi
}

rm -rf "$artifacts"
mkdir -p "$artifacts"
check_tools
install_chromium
install_node_client
build
run_suite Observe.Tests
run_suite Observe.BrowserTests

summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary="$summary, $skipped skipped"
echo "$summary"
[ "$failed" -eq 0 ] && [ "$broken" -eq 0 ]
