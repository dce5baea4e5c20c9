# What scripts that use Node share; sourced, never run.
# shellcheck shell=bash

# install_modules FOLDER — its pinned packages, once per lock file. The registry is asked only when they are not there yet.
install_modules() {
    local folder=$1 stamp=$1/node_modules/.installed
    command -v npm >/dev/null || { echo "npm is missing: deploy/packages test" >&2; return 1; }
    if [ -f "$stamp" ] && cmp -s "$stamp" "$folder/package-lock.json"; then return; fi
    (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error >&2)
    cp "$folder/package-lock.json" "$stamp"
}
