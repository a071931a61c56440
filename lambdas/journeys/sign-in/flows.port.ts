import type { Account } from '../../capabilities/accounts/account.rules.ts';
import type { Write } from '../../ground/platform/database.ts';
import type { SignInFlow } from './flow.rules.ts';
import type { SignInFlowTransition } from './flow.transitions.ts';

export interface SignInFlowsPort {
  get: (flowId: string) => Promise<SignInFlow | undefined>;
  /** The flow and its account in one call. */
  load: (
    flowId: string,
    accountId: string,
  ) => Promise<{ flow: SignInFlow | undefined; account: Account | undefined }>;
  apply: (flowId: string, transition: SignInFlowTransition) => Write;
}
