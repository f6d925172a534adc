// Calls one tool with the TypeScript SDK 1.x, whose client holds results to the tool's outputSchema:
//     node call-tool.mjs URL TOOL ARGUMENTS_AS_JSON
// and prints the result as JSON.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [url, name, args] = process.argv.slice(2);
const client = new Client({ name: "acceptance", version: "1.0.0" });
await client.connect(new StreamableHTTPClientTransport(new URL(url)));
const { tools } = await client.listTools(); // from here on the client knows the schemas
const tool = tools.find((offered) => offered.name === name);
const result = await client.callTool({ name, arguments: JSON.parse(args) });
console.log(JSON.stringify({ hasOutputSchema: tool?.outputSchema !== undefined, result }));
await client.close();
