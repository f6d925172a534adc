#!/bin/sh
# Make the keys and passwords that the services of compose.yaml share, and print the API key: once, on the first `up`.
set -eu
umask 077
cd /var/lib/mcp/keys

if [ -e api-keys.json ]; then
    echo 'Keys and passwords are there; the API key was printed on the first `up`.'
    exit 0
fi

random() {
    python3 -c 'import secrets; print(secrets.token_hex(32))'
}

if [ ! -e audit-signing.pem ]; then
    told=$(mcp-db-server audit keygen . 2>&1) || { echo "$told" >&2; exit 1; }
fi
random >seal.keys
random >database-password
echo "postgresql://world_reader:$(cat database-password)@postgres/world" >database-url
# Last: it says that all is made. It also notes that fs:read is not a scope of this server, which here is no mistake.
key=$(mcp-db-server keys create assistant --scopes db:read,fs:read --file api-keys.json 2>note) || { cat note >&2; exit 1; }
rm note

cat <<END

The API key:

    $key

For Claude Code this is .mcp.json in your project, and other clients take the same URL and header:

$(mcp-db-server --print-config claude-code --public-url http://127.0.0.1:8080 | sed "s/\${MCP_API_KEY}/$key/")

Then ask: What are the largest cities of Norway?

The filesystem server, on the folder docs/, takes the same key at http://127.0.0.1:8082/mcp.

END
