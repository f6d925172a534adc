"""The microservice chassis that every server of the suite is built on.

Importing it loads nothing; take what you need from its rooms.

What the author of a server meets:

    server      Server: declare a server and its tools, resources and prompts (kept in `registry`)
    call        Context and Principal: what a tool gets beside its arguments
    errors      the one tree of errors
    settings    ChassisSettings: what every server can be configured with
    postgres    read-only PostgreSQL sessions (extra `postgres`); the SQL guard in `.guard`, a private server for demo
                and tests in `.embedded` (extra `embedded`)
    testing     pytest fixtures of real backends

What makes a running server of it:

    cli, keys                                                   the command: serve, --check, --print-config, keys
    settings                                                    flags, environment and files; each fault a sentence
    app, calls                                                  the running server, and the way of every call
    hooks, arguments, concurrency, rendering, audit, seal       the stations of that way
    oauth, policy, limits, elevation                            who calls, what they may do, and how much
    sdk                                                         the only module that imports the SDK
    stdio, pipes, http, turns, strict_json                      the transports, and what stands before the SDK
    ending                                                      signals that come while a server starts
    probe                                                       whether the server of this container lives
    logs, redaction                                             JSON logs on stderr, without secrets
"""

__version__ = "0.1.0"
