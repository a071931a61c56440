/** The strength estimator, which a function loads when it sets its first password. */
import type { Estimator } from '../../../contract/password-strength.ts';
import { once } from '../../ground/platform/once.ts';

export const loadEstimator = once(
  async (): Promise<Estimator> => (await import('./password-estimator.ts')).estimate,
);
