/**
 * Employees' sign-in and the help desk. It is an entry of its own: nothing of it is loaded for
 * providers, and the two sessions share no type, no key of the storage and no token.
 */
import { createEmployeeSession, type EmployeeTokens } from './employee-session.ts';
import { createHelpDesk } from './help-desk.ts';
import { createHttpApi } from './http-api.ts';
import { createOpenId, type EmployeeClientConfig } from './open-id.ts';
import { otherTabs } from './other-tabs.ts';
import { sturdyStorage } from './sturdy-storage.ts';
import { keptIn } from './tab-storage.ts';

export type { Employee, EmployeeSession } from './employee-session.ts';
export type { CodesWanted, Sought } from './help-desk.ts';
export type { EmployeeClientConfig, SignInFailure } from './open-id.ts';
export type { SessionEnding } from './other-tabs.ts';
export type {
  ApprovalDecision,
  ApprovalNeeded,
  Approvals,
  CodesIssued,
  ExplanationView,
  HelpfulAct,
  Person,
  PersonPage,
  ProviderView,
} from './wire.ts';

/** What the client takes of the browser. */
export interface EmployeeBrowser {
  /** Holds the tokens and the sign-in. @default - the tab's sessionStorage */
  storage?: Storage;
  /** Goes to another page in place of this one. @default - location.replace */
  leave?: (address: string) => void;
}

export function createEmployeeClient(
  config: EmployeeClientConfig,
  { storage: given, leave = (address) => window.location.replace(address) }: EmployeeBrowser = {},
) {
  const { storage } = sturdyStorage(() => given ?? sessionStorage);
  const kept = keptIn<EmployeeTokens>(storage, 'portal-auth.employee');
  const tabs = otherTabs('portal-auth.employee');
  const session = createEmployeeSession(createOpenId(config, storage), { kept, tabs, leave });
  return { session, helpDesk: createHelpDesk(createHttpApi(config), session) };
}
export type EmployeeClient = ReturnType<typeof createEmployeeClient>;
