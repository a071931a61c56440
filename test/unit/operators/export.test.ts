import { expect, test } from '@jest/globals';
import { withoutSecrets } from '../../../bin/ops/export.ts';
import { anAccount } from '../../fakes/builders.ts';

test('what a repeated change of the password is compared with is named, and not shown', () => {
  const shown = withoutSecrets(anAccount({ passwordChangedBy: 'hash', emailChange: 'hash' }));
  expect(shown).toMatchObject({ heldAsSecrets: ['emailChange', 'passwordChangedBy'] });
  expect(JSON.stringify(shown)).not.toContain('hash');
});
