import type { CodeMacPort } from '../../lambdas/capabilities/verification/codes.ts';
import { hmac } from '../../lambdas/ground/platform/secrets.rules.ts';
import { Faulty } from './faulty.ts';
import { outageNamed } from './outage.ts';

/** MACs under a key of the test. */
export class TestMac extends Faulty<'mac'> implements CodeMacPort {
  protected override outage(): Error {
    return outageNamed('CodeMacUnavailable');
  }

  async mac(message: string): Promise<string> {
    return this.run('mac', () => hmac('the key of the tests', message));
  }
}
