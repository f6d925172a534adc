"""The microservice chassis that every server of the suite is built on.

Importing it loads nothing; take what you need from its rooms:

    mcp_chassis.server      Server: declare a server and its tools, resources and prompts
    mcp_chassis.call        Context and Principal: what a tool gets beside its arguments
    mcp_chassis.errors      the one tree of errors
    mcp_chassis.settings    ChassisSettings: what every server can be configured with
    mcp_chassis.postgres    read-only PostgreSQL sessions (extra `postgres`), and the SQL guard in `.guard`
"""

__version__ = "0.1.0"
