#!/bin/sh
# The password is for the role that may read the sample data; the superuser is left with the socket in its container.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<END
ALTER ROLE world_reader PASSWORD '$POSTGRES_PASSWORD';
ALTER ROLE $POSTGRES_USER PASSWORD NULL;
END
