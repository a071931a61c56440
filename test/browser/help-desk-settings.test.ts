import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { confirm, HANA, signInAs } from './employee.ts';
import { openPortal } from './open-portal.ts';

describe('a stage with settings of its own for the help desk', () => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as {
    context: { stages: { local: { workforce: object } } };
  };
  const portal = openPortal({
    workforce: {
      ...context.stages.local.workforce,
      secondPerson: false,
      callBackChecks: [
        { text: 'Call the practice back', textEs: 'Llame a la clínica' },
        { text: 'Ask for the badge number' },
      ],
    },
  });

  test('shows its own check-list, and asks no second employee', async () => {
    const visitor = await portal.visit();
    await signInAs(visitor, HANA);
    await visitor.goTo('/help-desk/users/aadmin');
    await visitor.press('Reset the registration');
    await visitor.page.getByText('Call the practice back').waitFor();
    await visitor.page.keyboard.press('Escape');
    await visitor.press(/^Español/);
    await visitor.press('Restablecer el registro');
    await visitor.page.getByText('Llame a la clínica').waitFor();
    await visitor.page.getByText('Ask for the badge number').waitFor();
    await visitor.page.keyboard.press('Escape');
    await visitor.press(/^English/);
    await visitor.press('Disable');
    await visitor.page.getByRole('dialog').waitFor();
    expect(await visitor.page.getByText('A second employee').count()).toBe(0);
    await confirm(visitor, 'Disable', 'Left the practice');
    await visitor.seesNotice('Ada Admin is disabled.');
  });
});
