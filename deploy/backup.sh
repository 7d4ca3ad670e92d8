#!/bin/sh
# Takes one backup into a new folder: the database first, then the uploaded files, so that every file that the database
# names is there. Runs while people work. Usage: deploy/backup.sh FOLDER
set -eu
umask 077
[ $# -eq 1 ] || { echo "Usage: $0 FOLDER" >&2; exit 2; }
mkdir -p "$1"
target=$(cd "$1" && pwd)/$(date -u +%Y-%m-%dT%H%M%SZ)
cd "$(dirname "$0")/.."
var=${ANSO_VAR:-var}
client=".venv/bin/python -m operations database"
tables=$($client psql -AtqX -c "select count(*) from pg_tables where schemaname = 'public'" </dev/null)
if [ "$tables" = 0 ]; then
    echo "This database is empty, so nothing was saved. With a PostgreSQL of your own, DATABASE_URL must name it:" >&2
    echo "    set -a; . /etc/anso/environment; set +a" >&2
    exit 1
fi
mkdir "$target.part"
$client pg_dump --format=custom --no-owner --file="$target.part/database.dump"
if [ -z "${ANSO_S3_BUCKET:-}" ]; then # a bucket keeps its own versions
    mkdir -p "$var/files"
    tar -C "$var" -cf "$target.part/files.tar" files
fi
[ ! -f "$var/secret-key" ] || cp "$var/secret-key" "$target.part/secret-key"
(cd "$target.part" && sha256sum -- * >../.sums.$$ && mv ../.sums.$$ SHA256SUMS)
mv "$target.part" "$target"
echo "$target"
