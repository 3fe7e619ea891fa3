#!/usr/bin/env bash
# Sets up what the tests need and runs them all. Arguments go to `dotnet test`, such as: ./test.sh --filter Http
set -euo pipefail
cd "$(dirname "$0")"

dotnet restore Scrip.slnx
dotnet build Scrip.slnx --no-restore --configuration Release
dotnet test tests/Scrip.Tests --no-build --configuration Release "$@"
