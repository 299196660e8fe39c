// A real OpenID provider as a process of its own: `node openid-provider-main.mjs <callback url>`. It prints its
// issuer when it listens. Anybody signs in at it by his name; `PUT /settings` changes how it behaves.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Provider } from 'oidc-provider';

const [callbackUrl] = process.argv.slice(2);
const settings = { emailVerified: true };

const server = createServer((request, response) => {
  if (request.url === '/settings') {
    void text(request).then((body) => {
      Object.assign(settings, JSON.parse(body));
      response.end();
    });
  } else provider.callback()(request, response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'gatehouse',
      client_secret: 'gatehouse-secret-0123456789',
      redirect_uris: [callbackUrl],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: { email: ['email', 'email_verified'], profile: ['preferred_username', 'name'] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      email: `${id}@acme.example`,
      email_verified: settings.emailVerified,
      preferred_username: id,
    }),
  }),
  pkce: { required: () => true },
  cookies: { keys: ['a test needs no secret'] },
});
process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`${issuer}\n`);
