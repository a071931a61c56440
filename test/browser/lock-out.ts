import type { LocalStack } from '../../local/local-stack.ts';
import { Machine } from '../journeys/clients/machine.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import type { OpenPortal, PortalVisitor } from './open-portal.ts';
import { PASSWORD, PAT, RESEND_AFTER_SECONDS, wrongCode } from './portal-stack.ts';

const CODES = 4;
const ANSWERS = 5;

/**
 * Someone who knows Pat's password enters wrong codes elsewhere until none is accepted any more.
 */
export async function lockOutElsewhere({ stack }: OpenPortal): Promise<void> {
  const outputs = (await stack.local('GET', 'outputs')) as LocalStack['outputs'];
  const machine = new Machine({
    endpoint: stack.stackUrl,
    outputs,
    operatorCredentials: { accessKeyId: '', secretAccessKey: '' },
    stop: () => Promise.resolve(),
  });
  for (let sent = 1; sent <= CODES; sent += 1) {
    const thief = new PortalUser(machine, PAT.email);
    await thief.provePassword(PASSWORD);
    const code = wrongCode(await thief.sendCode('EMAIL', PAT.email));
    for (let answer = 1; answer <= ANSWERS; answer += 1) await thief.answer({ code });
  }
}

/** The same in the portal, from the login options. */
export async function lockOut(portal: OpenPortal, visitor: PortalVisitor): Promise<void> {
  await visitor.provePassword(PAT.email, 'PHONE');
  let code = await visitor.codeAfter('Send Code', PAT.phone);
  for (let sent = 1; sent <= CODES; sent += 1) {
    for (let left = ANSWERS - 1; left >= 0; left -= 1) {
      await visitor.enterCode(wrongCode(code));
      if (left > 0)
        await visitor.page.getByText(`${left} attempt${left === 1 ? '' : 's'} left`).waitFor();
    }
    if (sent === CODES) {
      // Whoever leaves before the answer may take the last wrong code back.
      await visitor.seesNotice(/wrong too often|has ended/);
      break;
    }
    await visitor.seesNotice('entered wrong too often');
    await portal.moveClock(RESEND_AFTER_SECONDS);
    code = await visitor.anotherCode(PAT.phone);
  }
}
