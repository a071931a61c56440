/**
 * A server of a portal: it answers who calls it, if the access token is one of the stage.
 *
 *   ISSUER=… CLIENT_ID=… PORT=5000 node server.js
 *
 * ISSUER is https://cognito-idp.<region>.amazonaws.com/<userPoolId>, or on one machine
 * <cognitoUrl>/<userPoolId> of GET http://localhost:4566/_local/outputs.
 */
import { createServer } from 'node:http';
import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

const { ISSUER = '', CLIENT_ID = '', PORT = '5000' } = process.env;

// The library fetches keys over https only; Node's fetch also reaches the local machine.
const fetcher = { fetch: async (uri) => (await fetch(uri)).arrayBuffer() };

const verifier = JwtVerifier.create(
  {
    issuer: ISSUER,
    jwksUri: `${ISSUER}/.well-known/jwks.json`,
    // Access tokens of Cognito have no audience: the client ID takes its place.
    audience: null,
    customJwtCheck({ payload }) {
      if (payload.token_use !== 'access') throw new Error('The token is not an access token.');
      if (payload.client_id !== CLIENT_ID) throw new Error('The token is for another client.');
      if (!String(payload.scope).split(' ').includes('portal-auth/api'))
        throw new Error('The token lacks the scope portal-auth/api.');
    },
  },
  { jwksCache: new SimpleJwksCache({ fetcher }) },
);

const server = createServer((request, response) => {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const answer = (status, body) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(`${JSON.stringify(body)}\n`);
  verifier.verify(token).then(
    ({ portal_username, npi, portal_role, login_method, factor_at }) =>
      answer(200, { portal_username, npi, portal_role, login_method, factor_at }),
    ({ message }) => answer(401, { message }),
  );
});

server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`listening on http://localhost:${server.address().port}`);
});
