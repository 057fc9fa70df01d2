#!/bin/sh
# Resolves requirements/*.in into hashed lock files for every supported Python and system, without any index address.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
$(sh scripts/find_python.sh) -m venv "$work/uv"
"$work/uv/bin/pip" install -qq --disable-pip-version-check uv==0.13.9
for kind in base dev; do
    "$work/uv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links ${UPGRADE:+--upgrade} "requirements/$kind.in" -o "requirements/$kind.lock"
done
if grep -n '://' requirements/*.lock; then
    echo "A lock file names an address; it must not. See the lines above." >&2
    exit 1
fi
