#!/bin/sh
# Puts a backup into an empty installation. Refuses a damaged backup, and a database that already holds tables.
# Usage: deploy/restore.sh FOLDER_OF_ONE_BACKUP
set -eu
umask 077
[ $# -eq 1 ] || { echo "Usage: $0 FOLDER_OF_ONE_BACKUP" >&2; exit 2; }
source=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
var=${ANSO_VAR:-var}
client=".venv/bin/python -m operations database"
(cd "$source" && sha256sum --quiet --check SHA256SUMS) || { echo "This backup is damaged; nothing was changed." >&2; exit 1; }
tables=$($client psql -AtqX -c "select count(*) from pg_tables where schemaname = 'public'" </dev/null)
if [ "$tables" != 0 ]; then
    echo "The database holds $tables tables already; restore into an empty one. Nothing was changed." >&2
    exit 1
fi
name=$($client psql -AtqX -c "select current_database()" </dev/null)
$client pg_restore --no-owner --exit-on-error --single-transaction --dbname="$name" "$source/database.dump"
mkdir -p "$var"
[ ! -f "$source/files.tar" ] || tar -C "$var" -xf "$source/files.tar"
[ ! -f "$source/secret-key" ] || cp "$source/secret-key" "$var/secret-key"
.venv/bin/python manage.py migrate --no-input --skip-checks --verbosity 0 </dev/null
echo "Restored $source"
