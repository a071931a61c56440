import { describe, expect, test } from '@jest/globals';
import { passwordGuesses } from '../../contract/password-strength.ts';
import { estimate as backend } from '../../lambdas/capabilities/passwords/password-estimator.ts';
import { estimate } from '../../portal/src/password-estimator.ts';

const NAMES = ['Cedar Provider Portal', 'pat.phone@cedargrove.example', 'pphone'];

describe('the estimator of the portal', () => {
  test.each([
    'password1',
    'Cedar-Grove-2026',
    'P@ssw0rd!',
    'four plain unlike words',
    'Correct-Horse-9-Battery',
    'kx9#Lm2p',
  ])('judges %j as the backend does', (password) => {
    expect(passwordGuesses(estimate, password, NAMES)).toBe(
      passwordGuesses(backend, password, NAMES),
    );
  });
});
