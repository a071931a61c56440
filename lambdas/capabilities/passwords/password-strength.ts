/** Judges a new password. The estimator's dictionaries are loaded only where a password is set. */
import type { Estimator } from '../../../contract/password-strength.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { Account } from '../accounts/account.rules.ts';
import { judgePassword, type PasswordRefusal } from './password.rules.ts';

export interface StrengthDeps {
  /** The strength estimator, loaded at its first use. */
  estimator: () => Promise<Estimator>;
  /** The provider's name, which must not make up a password. Throws StoreUnavailable. */
  providers: { provider: (npi: string) => Promise<{ name: string } | undefined> };
  settings: Pick<FunctionSettings, 'portalName'>;
}

/** Why a password is refused, if it is. */
export async function refusePassword(
  { estimator, providers, settings }: StrengthDeps,
  password: string,
  account: Account,
): Promise<PasswordRefusal | undefined> {
  const provider = await providers.provider(account.npi);
  const { portalName } = settings;
  const context = {
    ...account,
    portalName,
    providerName: provider?.name ?? '',
  };
  return judgePassword(password, context, await estimator());
}
