/** What the document says about itself, where a stage is, and who may call. */
import type { Json } from './json.ts';

const DESCRIPTION = `\
The HTTP API of a Portal Auth stage. Bodies are JSON in camelCase, times are ISO 8601 in UTC, and
phone numbers are E.164. A body that has unknown members is refused.

**Flows.** A registration or a password reset is a flow: the request that opens it answers with a
\`flowToken\`, which authorizes the further steps, and every answer says in \`step\` what comes
next. Send each step with an \`Idempotency-Key\` of its own, and with the same one if it has to be
repeated.

**Errors** are problem details (RFC 9457) of the type \`application/problem+json\`. Their \`code\`
is stable, and their texts are not: show a text of your own for each code.

**Languages.** Send the page's language in \`Accept-Language\`: messages and calls that a flow
sends come in it, and a completed registration keeps it for the account. Whoever is signed in
changes it by \`PUT /me/language\`. There are English (\`en\`) and Spanish (\`es\`); any other
value is English.

**Versions.** Members of answers, values of open enumerations, codes and routes are added without
notice; a client ignores what it does not know. Whatever else changes is a breaking change and
comes with a new base path. An enumeration is open where its schema also takes any other string.`;

export const INFO: Json = {
  title: 'Portal Auth',
  version: '1.0.0',
  summary:
    'Registration, recovery, terms, the signed-in user, provider administration and the ' +
    "employees' help desk. Sign-in itself uses Cognito CUSTOM_AUTH.",
  description: DESCRIPTION,
  license: { name: 'MIT', identifier: 'MIT' },
};

export const SERVERS: Json[] = [
  {
    url: 'https://{api}.execute-api.{region}.amazonaws.com/v1',
    description: "A stage. The stack's output `PortalConfig` has the address as `apiUrl`.",
    variables: {
      api: { default: 'api-id', description: "The identifier of the stage's REST API." },
      region: { default: 'us-east-1', description: 'The AWS region of the stage.' },
    },
  },
  {
    url: 'http://127.0.0.1:{port}/v1',
    description: 'The stack on one machine (`npm start`).',
    variables: { port: { default: '4566', description: 'The environment variable `PORT`.' } },
  },
];

export const SECURITY_SCHEMES: Json = {
  flowToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The flowToken of the answer that opened the flow. It is valid for 60 minutes.',
  },
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of the sign-in, with the scope portal-auth/api.',
  },
  employeeToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "The access token of an employee's sign-in, with the scope portal-auth/help-desk.",
  },
};
