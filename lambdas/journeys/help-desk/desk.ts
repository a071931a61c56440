/** What every use case of the help desk takes: who acts, and how often they may. */
import type { ProblemCode } from '../../../contract/problems.ts';
import { actOf, type ManageDeps } from '../../capabilities/management/manage-users.ts';
import type { Actor, UsersDeps } from '../../capabilities/management/users.ts';
import type { AccountsPort, PeoplePort } from '../../capabilities/accounts/accounts.port.ts';
import type { RegistrationCodesPort } from '../../capabilities/providers/registration-codes.port.ts';
import type { Act, SupportDeps } from '../../capabilities/support/support.ts';
import { type BudgetName, limitsOf } from '../../ground/limits/budgets.rules.ts';
import type { LimitsPort } from '../../ground/limits/limits.port.ts';
import { secondsUntil } from '../../ground/limits/limits.rules.ts';
import type { Write } from '../../ground/platform/database.ts';
import type { FunctionSettings } from '../../ground/platform/environment-names.ts';
import type { ApprovalsPort } from './approvals.port.ts';
import type { Employee } from './employee.rules.ts';

export interface DeskDeps extends Omit<ManageDeps, 'settings' | 'limits'>, UsersDeps {
  accounts: ManageDeps['accounts'] & UsersDeps['accounts'] & Pick<AccountsPort, 'holds'>;
  people: Pick<PeoplePort, 'byEmail' | 'byPhone' | 'byName'>;
  flows: Pick<SupportDeps['flows'], 'get'>;
  limits: Pick<LimitsPort, 'count' | 'forgive' | 'restart' | 'windows'>;
  approvals: ApprovalsPort;
  codes: Pick<RegistrationCodesPort, 'provider' | 'list' | 'saveProvider' | 'issue' | 'revoke'>;
  mac: { mac: (message: string) => Promise<string> };
  /** The employees' app client. */
  clientId: string;
  settings: FunctionSettings;
}

/** An employee at work, from where they call. */
export interface DeskCaller extends Employee {
  sourceAddress: string;
  requestId: string;
}

export interface DeskRefusal {
  refused: ProblemCode;
  detail?: string;
  retryAfterSeconds?: number;
}

/** The employee as events and the management of users name them. */
export function actorOf({ employeeId: employee, sourceAddress, requestId }: DeskCaller): Actor {
  return {
    accountId: 'HELP_DESK',
    npi: 'ALL',
    employee,
    sourceAddress,
    requestId,
  };
}

export function deskActOf(caller: DeskCaller, reason?: string): Act {
  return actOf(actorOf(caller), reason);
}

/**
 * Counts one look or act of the employee and commits `writes` with it. Throws StoreUnavailable.
 * @returns the refusal where the hour's number is used up
 */
export async function counted(
  deps: Pick<DeskDeps, 'limits' | 'settings' | 'now'>,
  { employeeId }: DeskCaller,
  budget: Extract<BudgetName, 'HELP_DESK_LOOK' | 'HELP_DESK_ACT'>,
  writes: readonly Write[] = [],
): Promise<DeskRefusal | undefined> {
  const now = deps.now();
  const limits = limitsOf(budget, { subject: employeeId }, deps.settings);
  const result = await deps.limits.count(limits, now, writes);
  if (result.outcome === 'DONE') return undefined;
  if (result.outcome === 'REFUSED') return { refused: 'STEP_OUT_OF_ORDER' };
  return {
    refused: 'RATE_LIMITED',
    retryAfterSeconds: secondsUntil(result.until, now),
  };
}
