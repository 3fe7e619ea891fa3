#!/usr/bin/env bash
# Sets up what the tests need and runs them all: on SQLite, then what goes through HTTP once more on PostgreSQL.
# Arguments go to `dotnet test`, such as: ./test.sh --filter FullyQualifiedName~Ledger (once, as it stands).
set -euo pipefail
cd "$(dirname "$0")"

# PostgreSQL's server and pgbouncer, mkfs.ext4 and a C compiler, where this machine is Debian and we may install. Elsewhere the tests that
# need them say so.
missing=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ -x /usr/sbin/pgbouncer ] || missing+=(pgbouncer)
command -v mkfs.ext4 >/dev/null || missing+=(e2fsprogs)
command -v cc >/dev/null || missing+=(gcc libc6-dev)
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  # The tests run servers of their own: none of a package's is to be started, neither now nor when the machine starts.
  policy=/usr/sbin/policy-rc.d
  [ -e $policy ] || { trap 'rm -f $policy' EXIT && printf '#!/bin/sh\nexit 101\n' >$policy && chmod +x $policy; }
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
  if [[ " ${missing[*]} " == *" pgbouncer "* ]] && command -v systemctl >/dev/null; then
    systemctl --quiet disable pgbouncer
  fi
fi

dotnet restore Scrip.slnx
dotnet build Scrip.slnx --no-restore --configuration Release
run() { dotnet test tests/Scrip.Tests --no-build --configuration Release "$@"; }
if [ $# -gt 0 ]; then
  run "$@"
  exit
fi

results=${SCRIP_TEST_RESULTS:-TestResults}
if [ "${CI:-}" != true ] && [ -z "${SCRIP_TEST_POSTGRES:-}" ] && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  echo "Skipped: all tests on PostgreSQL. Its server is not installed here (Debian: postgresql), and SCRIP_TEST_POSTGRES names none."
  run --filter "Database!=Postgres" --results-directory "$results" --logger "trx;LogFileName=sqlite.trx"
  exit
fi
status=0
run --results-directory "$results" --logger "trx;LogFileName=sqlite.trx" || status=1
SCRIP_TEST_STORAGE=postgres run --filter "FullyQualifiedName~Scrip.Tests.Http&Database!=SQLite" \
  --results-directory "$results" --logger "trx;LogFileName=postgres.trx" || status=1
exit $status
