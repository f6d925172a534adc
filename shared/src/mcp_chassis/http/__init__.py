"""The HTTP edge: what stands between a socket and the SDK, in the order in which a request passes it.

protocol.py      the connection: a request's head within a size and a time
edge.py          routes, Host and Origin, header caps, admission, body cap, strict reader, then the SDK
hosts.py         which Host and Origin are ours
admission.py     who is let in
identity.py      whose request it is
certificates.py  the certificate that a client showed
challenges.py    what a caller is told who is not known or may do too little
body.py          the body within a size and a time
listeners.py     streams that do not end by themselves
answers.py       the answers of the edge itself
tls.py           certificates that are read anew when they change
listen.py        the sockets
service.py       the server from its start to its end: signals, draining
"""

from mcp_chassis.http.service import load_credentials, serve

__all__ = ["load_credentials", "serve"]
