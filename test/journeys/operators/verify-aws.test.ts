import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CLAIMS } from '../../../bin/verify/claims.ts';
import { LEE, Machine, PASSWORD } from '../clients/machine.ts';
import { runProgram } from '../clients/operator.ts';

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.boot();
});
afterAll(async () => machine.stop());

const verify = (password: string) =>
  runProgram(
    'bin/verify-aws.ts',
    machine,
    ...['--stage', 'local', '--email', LEE.email, '--password', password],
  );

test('this machine does what the stack relies on, and no message is sent', async () => {
  await machine.clearMessages();
  const { code, out, err } = await verify(PASSWORD);
  expect(err).toBe('');
  expect(out.split('\n').filter((line) => line.startsWith('DIFFERENT'))).toEqual([]);
  expect(out).toContain(`${CLAIMS.length} of ${CLAIMS.length} as expected`);
  expect(code).toBe(0);
  expect(await machine.messages()).toEqual([]);
});

test('what differs is printed with what was observed', async () => {
  await machine.fault({ service: 'cognito', operation: 'SignUp', times: 1 });
  const { code, out } = await verify(PASSWORD);
  await machine.clearFaults();
  expect(out).toMatch(/^DIFFERENT {3}SignUp is refused.*observed "answered 500"$/m);
  expect(code).toBe(3);
});
