// A real OAuth 2.1 authorization server (oidc-provider) on loopback, for the tests:
//     node oauth-provider.mjs CONFIGURATION_AS_JSON
// It is {port, keys, resources: {URL: {scope, alg}}}; `keys` are private JWKs, of which the first of a
// kind signs; without them it makes one for ES256.
// The clients `agent` and `delegate` (secret: their name and `-secret-00000000`) get tokens for themselves, and the
// tokens of `delegate` tell that an agent acts for their subject. `desk`, and whoever registers, gets tokens for people,
// who are who they say.
// It prints `ready` once it listens.
import { generateKeyPairSync } from "node:crypto";
import { errors, Provider } from "oidc-provider";

const fresh = () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), kid: `made-${Date.now()}`, use: "sig", alg: "ES256" };
};
const { port, resources, keys = [fresh()] } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
const scopes = Object.values(resources).flatMap(({ scope }) => scope.split(" "));
const credentials = (id) => ({
  client_id: id,
  client_secret: `${id}-secret-00000000`,
  grant_types: ["client_credentials"],
  redirect_uris: [],
  response_types: [],
});

const desk = {
  client_id: "desk",
  application_type: "native",
  redirect_uris: ["http://127.0.0.1:1/callback"],
  grant_types: ["authorization_code", "refresh_token"],
  token_endpoint_auth_method: "none",
};

const provider = new Provider(issuer, {
  jwks: { keys },
  clients: [credentials("agent"), credentials("delegate"), desk],
  clientDefaults: { id_token_signed_response_alg: keys[0].alg },
  scopes: ["openid", "offline_access", ...new Set(scopes)],
  cookies: { keys: ["a key of this test run alone"] },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  extraTokenClaims: (ctx, token) => (token.clientId === "delegate" ? { act: { sub: "agent-7" } } : undefined),
  features: {
    clientCredentials: { enabled: true },
    registration: { enabled: true },
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo(ctx, resource) {
        if (!(resource in resources)) throw new errors.InvalidTarget();
        const { scope, alg } = resources[resource];
        return { scope, accessTokenFormat: "jwt", accessTokenTTL: 300, jwt: { sign: { alg } } };
      },
    },
  },
});

provider.listen(port, "127.0.0.1", () => console.log("ready"));
