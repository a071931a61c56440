/**
 * A day on which everything happens once. Whatever a function may do and does not do on it is a
 * right too many: take it from the function's needs, or show what it is for. An event of the trail
 * that is not written on it is declared in vain.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addPeople, seedLocal } from '../../../bin/seed-local.ts';
import { AUDIT_EVENTS } from '../../../lambdas/ground/audit/audit.rules.ts';
import { type LocalStack, startLocal } from '../../../local/local-stack.ts';
import { BUILT_STACK } from '../../built-stack.ts';
import { functions, listed, referencesIn, rightsOf } from '../../stack/template.ts';
import { Authenticator } from '../clients/authenticator.ts';
import { BrowserDevice } from '../clients/browser-device.ts';
import { Callee } from '../clients/callee.ts';
import { ADA, ERIN, eventually, LEE, Machine, PASSWORD, PAT, wrong } from '../clients/machine.ts';
import { Employee, HANA, HUGO } from '../clients/employee.ts';
import { HalfDone, keepTheSweepOut } from '../clients/half-done.ts';
import { runOps } from '../clients/operator.ts';
import { PortalUser } from '../clients/portal-user.ts';
import { CEDAR, NEW_PASSWORD, Registrant } from '../clients/registrant.ts';
import { Resetter } from '../clients/resetter.ts';

/** What event sources, logs and encryption use, outside the functions' own calls. */
const NOT_CALLED_BY_FUNCTIONS =
  /^(logs:|kms:(Decrypt|DescribeKey|GenerateDataKey)|dynamodb:(\w*Stream\w*|GetRecords|GetShardIterator)|sqs:(?!SendMessage)|s3:|xray:)/;

const IMPORTED = {
  username: 'iimported',
  firstName: 'Ida',
  lastName: 'Imported',
  npi: CEDAR.npi,
  passwordHash: '$2b$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK',
  email: 'ida.imported@cedargrove.example',
};

let stack: LocalStack;
let machine: Machine;
let ada: string;
beforeAll(async () => {
  stack = await startLocal({ assembly: BUILT_STACK, seed: seedLocal });
  machine = new Machine(stack);
});
afterAll(async () => machine.stop());

async function signInAdmin(): Promise<void> {
  const user = new PortalUser(machine, ADA.email);
  ada = (await user.signIn(PASSWORD, 'SMS', ADA.phone)).AccessToken;
}

const admin = (method: string, path: string, body?: unknown) =>
  machine.api(method, `/admin/users${path}`, body, ada);

async function signInEveryWay(): Promise<void> {
  const pat = new PortalUser(machine, PAT.email);
  const phone = new Callee(machine, PAT.phone);
  for (let known = 0; known < 11; known += 1) {
    const device = await BrowserDevice.make();
    if (known % 4 === 0) await machine.advance(901);
    await pat.signIn(
      PASSWORD,
      known % 2 === 0 ? 'SMS' : 'EMAIL',
      known % 2 === 0 ? PAT.phone : PAT.email,
      device.wish,
    );
  }
  const device = await BrowserDevice.make();
  await machine.advance(901);
  await pat.signIn(PASSWORD, 'SMS', PAT.phone, device.wish);
  await device.signIn(new PortalUser(machine, PAT.email));
  await device.signIn(new PortalUser(machine, PAT.email), 'EMAIL');
  await pat.provePassword(PASSWORD);
  await pat.answer({ factor: 'CALL' });
  await machine.advance(16);
  await pat.answer({ resend: true });
  await phone.status(pat.round.parameters.callId);
  await phone.answer();
  await phone.press('#');
  await pat.answer({ call: 'CONFIRMED', forgetDevice: device.deviceId });
  await pat.refresh(pat.tokens().RefreshToken);
  await pat.provePassword(PASSWORD);
  const code = await pat.sendCode('EMAIL', PAT.email);
  await pat.answer({ code: wrong(code) });
  await new PortalUser(machine, ERIN.email).signIn(PASSWORD, 'EMAIL', ERIN.email);
}

/** Everything of passkeys and recovery codes, with a factor of a moment ago. */
async function withPasskeys(): Promise<void> {
  await machine.advance(86_400);
  const lee = new PortalUser(machine, LEE.email);
  const { AccessToken: token } = await lee.signIn(PASSWORD, 'EMAIL', LEE.email);
  const here = { origin: machine.outputs.portalUrl, rpId: 'localhost' };
  const authenticator = new Authenticator();
  const { body: options } = await machine.api('POST', '/me/passkeys/options', {}, token);
  const credential = authenticator.create(options, here);
  await machine.api('POST', '/me/passkeys', { name: 'Desk', credential }, token);
  const path = `/me/passkeys/${authenticator.passkeyId}`;
  await machine.api('PUT', path, { name: 'Ward' }, token);
  await lee.provePassword(PASSWORD);
  await lee.answer({ factor: 'PASSKEY' });
  const { challenge } = (await machine.api('POST', '/passkey-challenges', {})).body;
  const copied = authenticator.counter;
  for (const counter of [copied, copied - 1]) {
    authenticator.counter = counter;
    const alone = new PortalUser(machine, LEE.email);
    await alone.begin();
    await alone.answer({ passkey: authenticator.get(challenge, here) });
  }
  const elsewhere = new PortalUser(machine, LEE.email);
  await elsewhere.begin();
  await elsewhere.answer({ passkey: new Authenticator().get('bm9uY2U', here) });
  await machine.api('GET', '/me/passkeys', undefined, token);
  await machine.api('GET', '/me/events', undefined, token);
  const { body } = await machine.api('POST', '/me/recovery-codes', {}, token);
  await lee.provePassword(PASSWORD);
  await lee.answer({ factor: 'RECOVERY_CODE' });
  await lee.answer({ code: body.codes[0] });
  await machine.api('DELETE', path, undefined, token);
}

/** Every change that a person makes to the account, and what undoes one. */
async function changeTheAccount(): Promise<void> {
  const [email, phone, to] = [LEE.email, '+12025550166', 'lee.new@lakeside.example'];
  await giveUp(to);
  await machine.advance(86_400);
  const { AccessToken: token } = await new PortalUser(machine, email).signIn(
    PASSWORD,
    'EMAIL',
    email,
  );
  const me = (method: string, path: string, body?: unknown) =>
    machine.api(method, `/me${path}`, body, token);
  const wrongOne = { currentPassword: 'Not-The-Password-1', newPassword: NEW_PASSWORD };
  await me('PUT', '/password', wrongOne);
  await me('POST', '/phone', { phoneNumber: phone, channel: 'CALL' });
  await machine.advance(16);
  await me('POST', '/phone', { phoneNumber: phone, channel: 'CALL' });
  await me('POST', '/phone', { phoneNumber: phone, channel: 'SMS' });
  await me('POST', '/phone/verification', { code: await machine.code(phone) });
  await me('DELETE', '/phone');
  await me('POST', '/email', { email: PAT.email });
  await me('POST', '/email/verification', { code: await machine.code(PAT.email) });
  await me('POST', '/email', { email: to });
  await machine.advance(16);
  await me('POST', '/email', { email: to });
  await me('POST', '/email/verification', { code: await machine.code(to) });
  const authenticator = new Authenticator();
  const here = { origin: machine.outputs.portalUrl, rpId: 'localhost' };
  const { body: options } = await me('POST', '/passkeys/options', {});
  await me('POST', '/passkeys', { name: 'x', credential: authenticator.create(options, here) });
  const { text } = await eventually(
    async () => (await machine.messages(email)).find((one) => one.text.includes('undo-email')),
    'the link that undoes the change',
  );
  const linkToken = /undo-email#([\w-]+)/.exec(text)?.[1];
  await machine.fault({ service: 'cognito', operation: 'AdminUpdateUserAttributes', times: 2 });
  await machine.api('POST', '/email-changes/undo', { linkToken });
  await machine.logged('notices', 'ADDRESS_MOVE_FINISHED');
  await machine.advance(86_400);
  const again = await new PortalUser(machine, email).signIn(PASSWORD, 'EMAIL', email);
  const passwords = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
  await machine.api('PUT', '/me/password', passwords, again.AccessToken);
}

async function register(): Promise<void> {
  const doctor = new Registrant(machine);
  const phone = new Callee(machine, '+12025550199');
  const link = await doctor.asProvider(CEDAR.codes[0] ?? '');
  await machine.api(
    'PUT',
    '/provider-registrations/current/email',
    { email: 'newer.doc@cedargrove.example' },
    doctor.token,
  );
  const newer = await machine.link('newer.doc@cedargrove.example', [link]);
  await doctor.open({ linkToken: newer });
  await doctor.step('PUT', '/method', { method: 'PHONE' });
  await doctor.verifyEmail('newer.doc@cedargrove.example');
  await doctor.step('PUT', '/password', { password: NEW_PASSWORD });
  await doctor.step('POST', '/phone', { phoneNumber: '+12025550199', channel: 'SMS' });
  await doctor.step('POST', '/phone', { phoneNumber: '+12025550199', channel: 'CALL' });
  await machine.advance(16);
  await doctor.step('POST', '/phone', { phoneNumber: '+12025550199', channel: 'CALL' });
  await phone.answer();
  await phone.press('#');
  const done = await doctor.step('POST', '/phone/verification', { call: 'CONFIRMED' });
  await new PortalUser(machine, 'newer.doc@cedargrove.example').signInByTicket(
    NEW_PASSWORD,
    done.body.ticket,
  );
  await machine.advance(901);
  await signInAdmin();
  await machine.clearMessages();
  await admin('POST', '/newdoc/registration-reset', {});
  const again = new Registrant(machine);
  await again.open({ linkToken: await machine.link('newer.doc@cedargrove.example') });
  await again.enrol('EMAIL', 'newest.doc@cedargrove.example');
  await again.open({ username: 'mchen', password: 'Portal-Pass-2025' });
  await again.requestLink({ username: 'jrivera' }, 'jrivera@cedargrove.example');
}

/** A registration ends between Cognito and the table, and its address is somebody else's later. */
async function giveUp(email: string): Promise<void> {
  const joe = new Registrant(machine);
  await machine.advance(3_601);
  const linkToken = await joe.requestLink({ username: 'jrivera' }, 'jo.rivera@cedargrove.example');
  await joe.open({ linkToken });
  await joe.step('PUT', '/method', { method: 'EMAIL' });
  await joe.verifyEmail(email);
  await joe.setPasswordInVain();
  await keepTheSweepOut(machine);
}

/** A user of Cognito that an earlier attempt left is adopted, or deleted for another address. */
async function adopt(): Promise<void> {
  const chen = new Registrant(machine);
  await machine.advance(901);
  await chen.open({ username: 'mchen', password: 'Portal-Pass-2025' });
  await chen.step('PUT', '/method', { method: 'EMAIL' });
  for (const email of ['m.chen@cedargrove.example', 'mei.chen@cedargrove.example']) {
    await machine.advance(16);
    await chen.verifyEmail(email);
    await chen.setPasswordInVain();
    await keepTheSweepOut(machine);
  }
  await chen.step('PUT', '/password', { password: NEW_PASSWORD });
}

async function recover(): Promise<void> {
  await machine.advance(3_601);
  const resetter = new Resetter(machine);
  const phone = new Callee(machine, PAT.phone);
  const known = await machine.codes(PAT.email);
  await resetter.start(PAT.email);
  const first = await machine.code(PAT.email, known);
  await machine.advance(16);
  await resetter.step('POST', '/email', {});
  const code = await machine.code(PAT.email, [...known, first]);
  await resetter.step('POST', '/email/verification', { code });
  await resetter.step('POST', '/phone', { channel: 'SMS' });
  await resetter.step('POST', '/phone', { channel: 'CALL' });
  await machine.advance(16);
  await resetter.step('POST', '/phone', { channel: 'CALL' });
  await phone.answer();
  await phone.press('#');
  await resetter.step('POST', '/phone/verification', { call: 'CONFIRMED' });
  await resetter.step('PUT', '/password', { password: PASSWORD });
  await machine.advance(901);
  const denied = new Resetter(machine);
  await denied.proveEmail(PAT.email);
  await denied.step('POST', '/phone', { channel: 'CALL' });
  await phone.answer();
  await phone.press('9');
}

async function administer(): Promise<void> {
  await machine.advance(3_601);
  await signInAdmin();
  await admin('GET', '?search=p');
  await admin('GET', '/pphone/events');
  await admin('PUT', '/jrivera/email', { email: 'jo.rivera@cedargrove.example' });
  await admin('PUT', '/eemail/status', { status: 'DISABLED' });
  const once = { token: ada, headers: { 'idempotency-key': 'once' } };
  for (let repeat = 0; repeat < 2; repeat += 1)
    await machine.api('POST', '/admin/users/pphone/registration-reset', {}, once);
}

async function minesOwn(): Promise<void> {
  const device = await BrowserDevice.make();
  await machine.advance(901);
  const { AccessToken } = await new PortalUser(machine, ADA.email).signIn(
    PASSWORD,
    'SMS',
    ADA.phone,
    device.wish,
  );
  await machine.api('PUT', '/me/language', { language: 'en' }, AccessToken);
  await machine.api('GET', '/me/remembered-devices', undefined, AccessToken);
  await machine.api('DELETE', `/me/remembered-devices/${device.deviceId}`, undefined, AccessToken);
  await machine.fault({ service: 'cognito', operation: 'AdminUserGlobalSignOut', times: 2 });
  await machine.api('POST', '/me/sign-out-everywhere', undefined, AccessToken);
  await machine.logged('notices', 'SIGN_OUT_FINISHED');
  await machine.advance(901);
  await signInAdmin();
  await machine.api('POST', '/me/sign-out-everywhere', undefined, ada);
  const bouncing = new PortalUser(machine, ADA.email);
  await bouncing.provePassword(PASSWORD);
  await machine.fault({ service: 'ses', operation: 'Bounce', times: 1 });
  await bouncing.answer({ factor: 'EMAIL' });
  await machine.logged('mail-events', 'RECORDED');
}

/** What the audit trail must show besides. */
async function failEveryWay(): Promise<void> {
  await new Registrant(machine).open({ username: 'jrivera', password: 'wrong-password-1' });
  for (let flow = 0; flow < 4; flow += 1) {
    const thief = new PortalUser(machine, LEE.email);
    await thief.provePassword(PASSWORD);
    const code = await thief.sendCode('EMAIL', LEE.email);
    for (let answer = 0; answer < 5; answer += 1) await thief.answer({ code: wrong(code) });
  }
}

async function operate(): Promise<void> {
  const why = ['--reason', 'asked by phone'];
  const code = ['--npi', CEDAR.npi];
  const { out } = await runOps(machine, 'codes', 'issue', ...code, ...why);
  await runOps(machine, 'codes', 'revoke', ...code, '--code', out.trim(), ...why);
  const folder = await mkdtemp(join(tmpdir(), 'portal-auth-import-'));
  const file = join(folder, 'accounts.jsonl');
  await writeFile(file, JSON.stringify(IMPORTED));
  await runOps(machine, 'accounts', 'import', file);
  await rm(folder, { recursive: true });
  await runOps(machine, 'users', 'show', 'eemail');
  for (const act of ['make-admin', 'unlock', 'hold', 'release'])
    await runOps(machine, 'users', act, 'eemail', ...why);
  await runOps(machine, 'users', 'resend-link', IMPORTED.username, ...why);
  await runOps(machine, 'users', 'erase', 'eemail', '--yes', ...why);
}

/** The help desk looks at everything once, and does everything once. */
async function helpOut(): Promise<void> {
  const hana = (await new Employee(machine).signIn(HANA)).access_token;
  const hugo = (await new Employee(machine).signIn(HUGO)).access_token;
  const why = { reason: 'asked by phone' };
  const desk = (method: string, path: string, body?: unknown, token = hana) =>
    machine.api(method, `/help-desk${path}`, body, token);
  for (const query of ['username=pphone', `email=${ERIN.email}`, `npi=${CEDAR.npi}`])
    await desk('GET', `/users?${query}`);
  await desk('GET', `/users?phone=${encodeURIComponent(ADA.phone)}`);
  for (const look of ['', '/explanation', '/events']) await desk('GET', `/users/mchen${look}`);
  await desk('POST', '/users/mchen/unlock', why);
  await desk('PUT', '/users/mchen/status', { status: 'DISABLED', ...why });
  await desk('PUT', '/users/mchen/status', { status: 'ENABLED', ...why });
  const once = { token: hana, headers: { 'idempotency-key': 'once' } };
  for (let repeat = 0; repeat < 2; repeat += 1)
    await machine.api('POST', '/help-desk/users/mchen/registration-reset', why, once);
  const users = [1, 2].map((number) => ({
    ...{ username: `admin-${number}`, firstName: 'Al', lastName: 'Admin', npi: CEDAR.npi },
    ...{ role: 'ADMIN', method: 'EMAIL', email: `admin${number}@cedargrove.example` },
    password: PASSWORD,
  }));
  await addPeople(stack, { providers: [], importedUsers: [], users });
  await desk('POST', '/users/admin-1/registration-reset', why);
  for (const decision of ['DENIED', 'APPROVED']) {
    const asked = await desk('PUT', '/users/admin-2/status', { status: 'DISABLED', ...why });
    const { approvalId } = asked.body as { approvalId: string };
    await desk('POST', `/approvals/${approvalId}`, { decision }, hugo);
  }
  const codes = `/providers/${CEDAR.npi}/registration-codes`;
  const issued = await desk('POST', codes, {
    ...{ count: 1, role: 'STANDARD', providerName: 'Cedar Grove', ...why },
  });
  await desk('GET', `/providers/${CEDAR.npi}`);
  await desk('DELETE', `${codes}/${issued.body.codes[0].codeId}?reason=sent+wrong`);
}

/** What only the night looks after. */
async function sweep(): Promise<void> {
  await machine.clearFaults();
  const left = new HalfDone(machine);
  await left.ofEveryKind(ADA.email, LEE.username);
  left.destroy();
  const ends = async () =>
    (await machine.logs('sweep')).filter(({ line }) => /SWEPT|FAULTS_LEFT/.test(line)).length;
  const before = await ends();
  await machine.advance(86_400);
  await eventually(
    async () => ((await ends()) > before ? true : undefined),
    'the end of the sweep',
  );
}

async function eventsInTheTrail(): Promise<Set<string>> {
  const { endpoint, outputs, operatorCredentials } = machine.stack;
  const { region } = outputs;
  const engine = new DynamoDBClient({ endpoint, region, credentials: operatorCredentials });
  const client = DynamoDBDocumentClient.from(engine);
  const events = new Set<string>();
  const pages = paginateScan({ client }, { TableName: outputs.tables.AuditEvents });
  for await (const { Items = [] } of pages)
    for (const { event } of Items) events.add(String(event));
  engine.destroy();
  return events;
}

test('every right is used and every event written on a day on which everything happens', async () => {
  await signInEveryWay();
  await register();
  await adopt();
  await recover();
  await administer();
  await minesOwn();
  await withPasskeys();
  await failEveryWay();
  await helpOut();
  await operate();
  await changeTheAccount();
  await sweep();
  const events = await eventsInTheTrail();
  expect([...events].sort()).toEqual([...AUDIT_EVENTS].sort());
  const used = stack.usedRights();
  const unused: string[] = [];
  for (const functionId of functions().keys()) {
    const granted = rightsOf(functionId).filter(({ Effect }) => Effect === 'Allow');
    const role = functions().get(functionId)?.Properties.Role['Fn::GetAtt'][0] as string;
    const [, calls = new Set<string>()] = [...used].find(([arn]) => arn.includes(role)) ?? [];
    for (const { Action, Resource } of granted)
      for (const action of listed(Action).filter((one) => !NOT_CALLED_BY_FUNCTIONS.test(one)))
        for (const resource of resourcesOf(Resource))
          if (
            !/DeadLetters/.test(resource) &&
            ![...calls].some((call) => fits(call, action, resource))
          )
            unused.push(`${functionId} ${action} ${resource}`);
  }
  expect(unused).toEqual([]);
}, 300_000);

/** The logical id of each resource, or nothing where it is not one of the stack. */
function resourcesOf(resource: unknown): string[] {
  return [resource].flat().flatMap((one) => {
    const ids = referencesIn(one).filter((id) => !id.startsWith('AWS::'));
    return ids.length === 0 ? [''] : ids;
  });
}

function fits(call: string, action: string, resource: string): boolean {
  const [used = '', on = ''] = call.split(' ');
  // Only tables carry their logical id in their name here.
  return used === action && (!action.startsWith('dynamodb:') || on.includes(resource));
}
