#!/bin/bash
# What compose.yaml relies on in PostgreSQL's image: started as root it becomes `postgres`, makes the database with the
# password of a file, and runs the scripts of /docker-entrypoint-initdb.d once.
set -euo pipefail
export PGDATA=/var/lib/postgresql/data POSTGRES_USER=postgres

if [ "$(id -u)" = 0 ]; then
    POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE")
    export POSTGRES_PASSWORD
    mkdir -p $PGDATA
    chown -R postgres /var/lib/postgresql /var/run/postgresql
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$0"
fi

if [ ! -s $PGDATA/PG_VERSION ]; then
    initdb --username=$POSTGRES_USER --pwfile=<(echo "$POSTGRES_PASSWORD") --auth-local=trust --auth-host=scram-sha-256
    echo 'host all all all scram-sha-256' >>$PGDATA/pg_hba.conf
    pg_ctl start --wait --options="-c listen_addresses=''"
    createdb --username=$POSTGRES_USER "$POSTGRES_DB"
    for script in /docker-entrypoint-initdb.d/*; do
        case $script in
        *.sh) sh "$script" ;;
        *.sql) psql --quiet -v ON_ERROR_STOP=1 --username $POSTGRES_USER --dbname "$POSTGRES_DB" --file "$script" ;;
        esac
    done
    pg_ctl stop --wait --mode=fast
fi
exec postgres -c listen_addresses='*'
