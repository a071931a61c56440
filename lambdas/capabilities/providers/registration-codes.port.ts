import type { Write } from '../../ground/platform/database.ts';
import type { Provider, RegistrationCode } from './registration-code.rules.ts';

export interface KnownCodes {
  providers: (Provider | undefined)[];
  codes: (RegistrationCode | undefined)[];
}

/** A code to issue, by its MAC. `issuedAt` is milliseconds since 1970. */
export type NewCode = Pick<RegistrationCode, 'npi' | 'code' | 'role' | 'issuedAt' | 'issuedBy'>;

export interface RegistrationCodesPort {
  /** The provider and one of its codes, in one read: a wrong NPI and a wrong code cost the same. */
  find: (
    npi: string,
    mac: string,
  ) => Promise<{ provider: Provider | undefined; code: RegistrationCode | undefined }>;
  /** All codes of a provider, the newest first, without the codes themselves. */
  list: (npi: string) => Promise<RegistrationCode[]>;
  /** Codes and providers by their keys, at most 100 in all. */
  known: (
    npis: readonly string[],
    codes: readonly Pick<RegistrationCode, 'npi' | 'code'>[],
  ) => Promise<KnownCodes>;
  provider: (npi: string) => Promise<Provider | undefined>;
  saveProvider: (provider: Provider) => Write;
  /** A new code; one that exists stays as it is. */
  issue: (code: NewCode) => Write;
  /** Redeems a code once, for one account. */
  redeem: (npi: string, mac: string, accountId: string, now: number) => Write;
  revoke: (npi: string, mac: string, now: number) => Write;
}
