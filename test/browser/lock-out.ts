import type { OpenPortal, PortalVisitor } from './open-portal.ts';
import { PAT, wrongCode } from './portal-stack.ts';

const CODES = 4;
const ANSWERS = 5;

/**
 * Someone who knows Pat's password enters wrong codes until none is accepted any more, from the
 * login options.
 */
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
      await visitor.isTold(/wrong too often|has ended/);
      break;
    }
    await visitor.isTold('entered wrong too often');
    await portal.moveClock(16);
    await visitor.page.getByText('No message?').waitFor();
    code = await visitor.codeAfter('Send new code', PAT.phone);
  }
}
