import type { Needs } from '../../ground/platform/needs.ts';

export const TERMS_NEEDS: Needs = { settings: true };
