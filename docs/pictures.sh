#!/usr/bin/env bash
# Makes the pictures of the README from the demo region: the map, the curve and the page.
# It needs Chromium in /usr/bin/chromium, and npm.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
maillage() { cargo run --release --quiet --bin maillage -- "$@"; }

maillage demo "$folder/demo" --quiet
maillage report "$folder/demo/plan.geojson" --out docs/plan.svg --force --quiet
maillage frontier --scenario "$folder/demo/maillage.toml" --sites 0..60 --quiet \
    --out "$folder/curve.json" --out "$folder/curve.svg"
cp "$folder/curve.svg" docs/curve.svg
maillage report "$folder/demo/plan.geojson" --frontier "$folder/curve.json" --out "$folder/page.html" --quiet

(cd crates/maillage-report/tests/browser && npm install --no-audit --no-fund --silent &&
    node screenshots.mjs "$folder/page.html" "$OLDPWD/docs")
ls -l docs/*.svg docs/*.png
