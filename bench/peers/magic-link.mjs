/**
 * The sample library's sign-in by a link in an e-mail: its create and verify functions in this
 * process, and what they call of AWS beside them, each answer as late as `LATENCIES` says
 * (milliseconds by `service:operation` or `service`). Prints a line of JSON for each line that it
 * reads: the milliseconds of create and verify, and what they called.
 */
import {
  constants,
  createHash,
  generateKeyPairSync,
  privateEncrypt,
  randomBytes,
} from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const latencies = JSON.parse(process.env.LATENCIES ?? '{}');
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const items = new Map();
let mail = '';
let calls = [];

/** RSASSA-PSS over a SHA-512 digest, as KMS signs one (RFC 8017, 9.1.1). */
function sign(digest) {
  const sha512 = (...parts) => createHash('sha512').update(Buffer.concat(parts)).digest();
  const salt = randomBytes(64);
  const hash = sha512(Buffer.alloc(8), digest, salt);
  const block = Buffer.concat([Buffer.alloc(256 - 130), Buffer.from([1]), salt]);
  for (let byte = 0; byte < block.length; byte += 1) {
    const counter = Buffer.from([0, 0, 0, byte >> 6]);
    block[byte] ^= sha512(hash, counter)[byte % 64];
  }
  block[0] &= 0x7f;
  const encoded = Buffer.concat([block, hash, Buffer.from([0xbc])]);
  return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encoded);
}

const OPERATIONS = {
  'kms:Sign': ({ Message }) => ({
    Signature: sign(Buffer.from(Message, 'base64')).toString('base64'),
  }),
  'kms:GetPublicKey': () => ({
    PublicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  }),
  'dynamodb:PutItem': ({ Item }) => void items.set(Item.userNameHash.B, Item),
  'dynamodb:UpdateItem': ({ Key }) => ({ Attributes: items.get(Key.userNameHash.B) }),
};

async function answer(request, body) {
  const target = request.headers['x-amz-target'];
  if (target === undefined) {
    calls.push('SendEmail');
    mail = new URLSearchParams(body).get('Message.Body.Text.Data');
    await sleep(latencies.ses ?? 0);
    return '<SendEmailResponse><SendEmailResult><MessageId>1</MessageId></SendEmailResult></SendEmailResponse>';
  }
  const [api, operation] = target.split('.');
  const call = `${api === 'TrentService' ? 'kms' : 'dynamodb'}:${operation}`;
  calls.push(operation);
  await sleep(latencies[call] ?? latencies[call.split(':')[0]] ?? 0);
  return JSON.stringify(OPERATIONS[call](JSON.parse(body)) ?? {});
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  response.end(await answer(request, Buffer.concat(chunks).toString('utf8')));
});
await new Promise((resume) => server.listen(0, '127.0.0.1', resume));

Object.assign(process.env, {
  ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' },
  AWS_ENDPOINT_URL: `http://127.0.0.1:${server.address().port}`,
  ...{ MAGIC_LINK_ENABLED: 'true', MIN_SECONDS_BETWEEN: '0', STACK_ID: 'bench' },
  ...{ ALLOWED_ORIGINS: 'https://portal.example', SES_FROM_ADDRESS: 'portal@portal.example' },
  ...{ KMS_KEY_ID: 'key', DYNAMODB_SECRETS_TABLE: 'Links' },
});
// The files themselves: the entry of the package also loads a CommonJS module by names.
const library = './node_modules/amazon-cognito-passwordless-auth/dist/cdk/custom-auth';
const { handler: create } = await import(`${library}/create-auth-challenge.js`);
const { handler: verify } = await import(`${library}/verify-auth-challenge-response.js`);

const eventWith = (request) => ({
  ...{ userName: 'lee', userPoolId: 'us-east-1_Bench', callerContext: { clientId: 'client' } },
  request: { userAttributes: { email: 'lee@portal.example' }, ...request },
  response: {},
});
const clientMetadata = { signInMethod: 'MAGIC_LINK', redirectUri: 'https://portal.example/' };

async function timed(handler, event) {
  const started = performance.now();
  await handler(event);
  return performance.now() - started;
}

async function signIn() {
  calls = [];
  const asked = eventWith({ session: [{}], clientMetadata });
  const createMs = await timed(create, asked);
  const { privateChallengeParameters } = asked.response;
  const challengeAnswer = /#(\S+)/.exec(mail)[1];
  const answered = eventWith({ clientMetadata, privateChallengeParameters, challengeAnswer });
  const verifyMs = await timed(verify, answered);
  if (answered.response.answerCorrect !== true) throw new Error('The link was refused.');
  return { ms: createMs + verifyMs, calls };
}

for await (const _ of createInterface(process.stdin)) console.log(JSON.stringify(await signIn()));
server.close();
