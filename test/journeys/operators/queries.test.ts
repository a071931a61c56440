import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { QUERIES } from '../../../lib/saved-queries.ts';
import { all } from '../../stack/template.ts';
import { runQuery } from '../clients/insights.ts';
import { ERIN, Machine, PASSWORD, PAT, wrong } from '../clients/machine.ts';
import { PortalUser } from '../clients/portal-user.ts';

let machine: Machine;
let lines: Record<string, unknown>[];

/** A morning with a wrong code, a text and a link that are not sent, and a session that is over. */
beforeAll(async () => {
  machine = await Machine.boot();
  const erin = new PortalUser(machine, ERIN.email);
  await erin.provePassword(PASSWORD);
  const code = await erin.sendCode('EMAIL', ERIN.email);
  await erin.answer({ code: wrong(code) });
  await erin.answer({ code });
  await erin.acceptTerms();
  await machine.fault({ service: 'sns', times: 1, error: 'ThrottlingException' });
  const pat = new PortalUser(machine, PAT.email);
  await pat.provePassword(PASSWORD);
  await pat.answer({ factor: 'SMS' });
  await machine.fault({ service: 'kms', times: 4, error: 'KMSInternalException' });
  await pat.answer({ factor: 'EMAIL' });
  await machine.clearFaults();
  await machine.fault({ service: 'dynamodb', function: 'registration', times: 9 });
  await machine.api('POST', '/mfa-registrations', { username: 'mchen', password: 'x' });
  await machine.clearFaults();
  lines = (await machine.logs()).map(({ line }) => JSON.parse(line) as Record<string, unknown>);
});
afterAll(async () => machine.stop());

const query = (name: keyof typeof QUERIES) => QUERIES[name].join('\n| ');

describe('the saved queries', () => {
  test('are in the stack, over the logs of all functions, and named in the runbook', () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const saved = all('AWS::Logs::QueryDefinition').map(([, { Properties }]) => Properties);
    expect(saved.map(({ QueryString }) => QueryString).sort()).toEqual(
      Object.values(QUERIES)
        .map((commands) => commands.join('\n| '))
        .sort(),
    );
    for (const { LogGroupNames } of saved)
      expect(LogGroupNames).toHaveLength(all('AWS::Lambda::Function').length);
    for (const name of Object.keys(QUERIES)) expect(runbook).toContain(`*${name}*`);
  });

  test('failures: the outage of KMS and the failed route, with their causes', () => {
    const found = runQuery(query('failures'), lines);
    expect(found).toContainEqual(expect.objectContaining({ code: 'CREATED_FAILED' }));
    expect(found).toContainEqual(
      expect.objectContaining({ code: 'REQUEST_FAILED', route: 'openMfaRegistration' }),
    );
  });

  test('why sign-ins fail: the wrong code and the text that was not sent', () => {
    const found = runQuery(query('why sign-ins fail'), lines);
    const reasons = found.map(({ reason }) => reason);
    expect(reasons).toEqual(expect.arrayContaining(['CODE_MISMATCH', 'DELIVERY_FAILED']));
  });

  test('sends by cause: the text, with the class and the name of its cause', () => {
    expect(runQuery(query('sends by cause'), lines)).toContainEqual(
      expect.objectContaining({
        code: 'TEXT_NOT_SENT',
        purpose: 'SIGN_IN',
        causeClass: 'THROTTLED',
        sends: 1,
      }),
    );
  });

  test("one person's attempts: every trigger of a flow, from the first challenge to the tokens", () => {
    const completed = lines.find(({ code, source }) => code === 'TOKENS_DECIDED' && source);
    const account = String(completed?.account);
    const found = runQuery(query("one person's attempts").replace('ACCOUNT', account), lines);
    expect([...new Set(found.map(({ code }) => code))]).toEqual(
      expect.arrayContaining(['DEFINED', 'CREATED', 'VERIFIED', 'EMAIL_SENT', 'TOKENS_DECIDED']),
    );
    const flows = found.filter(({ code }) => code === 'VERIFIED').map(({ flowId }) => flowId);
    expect(new Set(flows).size).toBe(1);
  });

  test('every line has a request, and says nothing of a person', () => {
    const ofRequests = lines.filter(({ code }) => code !== undefined && code !== 'OUTBOX_HANDLED');
    const triggers = ['DEFINED', 'CREATED', 'VERIFIED', 'TOKENS_DECIDED', 'ANSWERED', 'EMAIL_SENT'];
    for (const line of ofRequests.filter(({ code }) => triggers.includes(String(code))))
      expect(line).toMatchObject({ requestId: expect.any(String), timestamp: expect.any(String) });
    expect(JSON.stringify(lines)).not.toMatch(/cedargrove|12025550143/);
  });
});
