import { expect, test } from '@jest/globals';
import { ADA, PASSWORD, PAT } from '../journeys/clients/machine.ts';
import { runOps } from '../journeys/clients/operator.ts';
import { PortalUser } from '../journeys/clients/portal-user.ts';
import { CEDAR, NEW_PASSWORD, Registrant } from '../journeys/clients/registrant.ts';
import {
  backUp,
  resetTheMissing,
  restore,
  stageInItsPlace,
  stageInUse,
  untilArchived,
} from './restore.ts';

test('everybody is back after a stage is lost, by the links that operators send', async () => {
  const lost = await stageInUse();
  const doctor = new Registrant(lost);
  await doctor.open({ linkToken: await doctor.asProvider(CEDAR.codes[0] ?? '') });
  await doctor.enrol('EMAIL', 'newest.doc@cedargrove.example');
  await new PortalUser(lost, PAT.email).signIn(PASSWORD, 'SMS', PAT.phone);
  const backup = await backUp(lost);
  await lost.stop();

  const found = await stageInItsPlace();
  try {
    await restore(found, backup);
    await untilArchived(found);
    const reset = await resetTheMissing(found);
    expect(reset).toEqual(expect.arrayContaining(['newdoc', 'pphone', 'eemail', ADA.username]));
    expect((await runOps(found, 'check')).out).toBe('Nothing was found.\n');

    const pat = new Registrant(found);
    await pat.open({ linkToken: await found.link(PAT.email) });
    await pat.enrol('EMAIL', PAT.email);
    const { AccessToken } = await new PortalUser(found, PAT.email).signIn(
      ...([NEW_PASSWORD, 'EMAIL', PAT.email] as const),
    );
    expect(AccessToken).toBeDefined();
    const chen = new Registrant(found);
    expect(await chen.open({ username: 'mchen', password: 'Portal-Pass-2025' })).toMatchObject({
      status: 201,
    });
    const used = { npi: CEDAR.npi, registrationCode: CEDAR.codes[0] };
    expect((await found.api('POST', '/provider-registrations', used)).status).not.toBe(201);
    expect((await runOps(found, 'users', 'events', 'pphone')).out).toContain('FACTOR_PASSED');
  } finally {
    await found.stop();
  }
});
