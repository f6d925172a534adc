// An OAuth 2.1 and OpenID provider (oidc-provider) for trying the server out: anybody may sign in, as anybody.
// Programs get tokens as the client `agent`, whose secret its log tells; clients of people register themselves.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { errors, Provider } from "oidc-provider";

const issuer = "http://127.0.0.1:9000";
const resources = { "http://127.0.0.1:8081/mcp": "db:read" };
const secret = randomBytes(32).toString("hex");
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

const provider = new Provider(issuer, {
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: `made-${Date.now()}`, use: "sig", alg: "ES256" }] },
  clients: [
    {
      client_id: "agent",
      client_secret: secret,
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
    },
  ],
  clientDefaults: { id_token_signed_response_alg: "ES256" },
  scopes: ["openid", "offline_access", "db:read"],
  cookies: { keys: [randomBytes(32).toString("hex")] },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  features: {
    clientCredentials: { enabled: true },
    registration: { enabled: true },
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo(ctx, resource) {
        if (!(resource in resources)) throw new errors.InvalidTarget();
        return {
          scope: resources[resource],
          accessTokenFormat: "jwt",
          accessTokenTTL: 300,
          jwt: { sign: { alg: "ES256" } },
        };
      },
    },
  },
});

const server = provider.listen(9000, () => console.log(`${issuer} answers; the secret of agent is ${secret}`));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
