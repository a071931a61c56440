import type { Needs } from '../../ground/platform/needs.ts';

export const WORKFORCE_GATE_NEEDS: Needs = {
  settings: true,
  workforceClientIdParameter: true,
};
