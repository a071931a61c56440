import { test } from '@jest/globals';
import { confirm, HANA, openPerson, signInAs } from './employee.ts';
import { lockOutElsewhere } from './lock-out.ts';
import { openPortal } from './open-portal.ts';
import { PAT } from './portal-stack.ts';

const portal = openPortal();

test('the page of a person explains a lock with its end, and unlocks it', async () => {
  const visitor = await portal.visit();
  await signInAs(visitor, HANA);
  const pat = await portal.visit();
  await lockOutElsewhere(portal);
  await openPerson(visitor, 'pphone', 'Pat Phone');
  await visitor.page.getByText(/Too many wrong codes within an hour\. Ends at/).waitFor();
  await visitor.page.getByText(/Have the person wait until .*, or unlock the account/).waitFor();
  await visitor.press('Unlock');
  await visitor.page.getByText('Lifts every lock').waitFor();
  await confirm(visitor, 'Unlock', 'Called back, it is Pat');
  await visitor.seesNotice('Pat Phone is unlocked.');
  await visitor.page.getByText('Nothing is locked.').waitFor();
  await pat.goTo('/');
  await pat.provePassword(PAT.email, 'PHONE');
  await pat.enterCode(await pat.codeAfter('Send Code', PAT.phone));
  await pat.sees('Welcome, Pat');
});
