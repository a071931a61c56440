/** Path, query and header parameters of an operation, each with its text and an example. */
import type { Capability, Route } from '../routes.ts';
import type { Json } from './json.ts';
import { membersOf } from './schemas.ts';
import { CEDAR_GROVE, PAT, SAMPLE_IDS } from './sample.ts';

interface Described {
  description: string;
  example?: string;
}

const IN_PATH: Record<string, Described> = {
  callId: { description: 'The `callId` of a flow or a challenge.', example: SAMPLE_IDS.call },
  deviceId: {
    description: 'The RFC 7638 thumbprint of the public key that the browser keeps.',
    example: SAMPLE_IDS.device,
  },
  passkeyId: { description: 'The `passkeyId` of a passkey.', example: SAMPLE_IDS.passkey },
  approvalId: { description: 'The `approvalId` of an approval.', example: SAMPLE_IDS.approval },
  codeId: {
    description: 'The `codeId` of a registration code. It is not the code.',
    example: SAMPLE_IDS.registrationCode,
  },
  npi: { description: "The provider's National Provider Identifier.", example: CEDAR_GROVE.npi },
  username: { description: 'The username, in lower case.', example: PAT.username },
};

/** What a query asks for is exclusive in places, so that most of it has no example. */
const IN_QUERY: Record<string, Described> = {
  search: {
    description: 'The beginning of a username, first name or last name, in any case.',
    example: 'pa',
  },
  cursor: {
    description: 'The `cursor` of the page before. It leads on through the same list only.',
  },
  username: { description: 'The whole username.', example: PAT.username },
  email: { description: 'The whole e-mail address.' },
  phone: { description: 'The whole phone number, in any usual notation.' },
  npi: { description: 'The National Provider Identifier, for a list of its users.' },
  reason: {
    description: 'Why the employee acts, for the audit trail.',
    example: 'The provider lost the letter with this code.',
  },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A random value of your own, such as a UUID. A repeated request with the same key has no ' +
    'further effect.',
  schema: { type: 'string' },
  example: '5b1f3a52-2f0e-4c55-9a53-0d8f6f6a9c11',
};

const ACCEPT_LANGUAGE = {
  name: 'Accept-Language',
  in: 'header',
  required: false,
  description:
    'The language of the page (RFC 9110). What is sent, spoken or answered comes in it if it is ' +
    'English or Spanish.',
  schema: { type: 'string' },
  example: 'es-US, es;q=0.9, en;q=0.5',
};

/** Whose routes send messages or answer in the language of the page. */
const IN_LANGUAGE: readonly Capability[] = ['registration', 'recovery', 'changes', 'terms'];

/** Parameters that operations share. Those of a query belong to their route. */
export const SHARED_PARAMETERS: Record<string, Json> = {
  'Accept-Language': ACCEPT_LANGUAGE,
  'Idempotency-Key': IDEMPOTENCY_KEY,
  ...Object.fromEntries(
    Object.entries(IN_PATH).map(([name, text]) => [
      name,
      { name, in: 'path', required: true, ...text, schema: { type: 'string' } },
    ]),
  ),
};

export function parametersOf(route: Route): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const inHeader = [
    ...(IN_LANGUAGE.includes(route.capability) ? ['Accept-Language'] : []),
    ...(route.idempotencyKey === true ? ['Idempotency-Key'] : []),
  ];
  return [...inPath.map(shared), ...queryOf(route), ...inHeader.map(shared)];
}

function shared(name: string): Json {
  if (SHARED_PARAMETERS[name] === undefined)
    throw new Error(`Describe the parameter ${name} of the HTTP API.`);
  return { $ref: `#/components/parameters/${name}` };
}

/** The text of a member of a query is the one for readers here, not that of its schema. */
function queryOf({ query }: Route): Json[] {
  return (query === undefined ? [] : membersOf(query)).map(
    ({ name, required, schema: { description: _own, ...schema } }) => {
      const text = IN_QUERY[name];
      if (text === undefined) throw new Error(`Describe the parameter ${name} of the HTTP API.`);
      return { name, in: 'query', required, ...text, schema };
    },
  );
}
