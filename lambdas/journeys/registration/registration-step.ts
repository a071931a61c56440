/**
 * What the steps of an MFA registration share: their collaborators, how one is taken, and which
 * addresses it frees.
 */
import type { Registration } from '../../../contract/flows.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import type { AccountsPort, NamesPort } from '../../capabilities/accounts/accounts.port.ts';
import type { RevocationDeps } from '../../capabilities/accounts/revocation.ts';
import type { PasswordSettingDeps } from '../../capabilities/passwords/password-setting.ts';
import type { StrengthDeps } from '../../capabilities/passwords/password-strength.ts';
import {
  type Found,
  OUT_OF_ORDER,
  type StepRefusal,
  takeStep,
  type TokenFlowDeps,
} from '../../capabilities/token-flows/token-flow.ts';
import type { TicketsPort } from '../../capabilities/token-flows/token-flows.port.ts';
import type { Step } from '../../capabilities/token-flows/token-flow.transitions.ts';
import type { Write } from '../../ground/platform/database.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import { type MfaFlow, registrationView } from './registration.rules.ts';

export interface MfaDeps
  extends TokenFlowDeps<MfaFlow>, PasswordSettingDeps, Omit<StrengthDeps, 'settings'> {
  accounts: Pick<AccountsPort, 'get' | 'apply' | 'ownerOf'>;
  names: Pick<NamesPort, 'claim' | 'confirm' | 'release'>;
  pool: PasswordSettingDeps['pool'] & RevocationDeps['pool'];
  tickets: Pick<TicketsPort, 'issue'>;
  settings: FunctionSettings;
}

export type OpenedFlow = Found<MfaFlow> & { account: Account };

export interface Taken {
  registration: Registration;
  /** Only at the end. */
  ticket?: string;
  email?: string | undefined;
}

export type StepOutcome = Taken | StepRefusal;

/**
 * One step: the flow's turn and everything that belongs to it, together. Of two at once the other
 * one is out of order.
 */
export async function step(
  deps: MfaDeps,
  opened: OpenedFlow,
  transition: Step<MfaFlow>,
  writes: readonly Write[] = [],
): Promise<{ registration: Registration } | StepRefusal> {
  const after = await takeStep(deps, opened, transition, writes);
  return after === undefined
    ? OUT_OF_ORDER
    : { registration: registrationView(after, undefined, opened.now) };
}

/**
 * Frees the account's addresses that nothing keeps: the one before the re-enrolment, and that of a
 * registration that was given up.
 */
export function releases(
  { names }: MfaDeps,
  { accountId, email, formerEmail }: Account,
  kept: readonly (string | undefined)[],
): Write[] {
  const claimed = [...new Set([email, formerEmail])];
  return claimed.flatMap((one) =>
    one === undefined || kept.includes(one) ? [] : [names.release(one, accountId)],
  );
}
