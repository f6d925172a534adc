"""OAuth 2.1 resource server: JWT access tokens of one issuer, verified against the keys that it publishes.

fetch.py     the only requests that are made: to configured addresses, bounded in size and time, without redirects
jwks.py      a JWK Set as public keys, found by `kid` and algorithm
provider.py  the issuer: where its keys are, their rotation, and the last good ones while it is down
tokens.py    a token against key, issuer, audience and time
claims.py    who a verified token speaks of
cache.py     verified tokens, for a minute at most

Nothing that stands in a token is ever fetched, and a token is never kept nor handed on.
"""
