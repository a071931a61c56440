/** The sign-in flow as an item of Challenges, one for each flow. */
import { type Account, accountOf } from '../../capabilities/accounts/account.rules.ts';
import { accountKey } from '../../capabilities/accounts/accounts.store.ts';
import { change, type Database, type Write } from '../../ground/platform/database.ts';
import { flowKey, flowOf, type SignInFlow } from './flow.rules.ts';
import type { SignInFlowTransition } from './flow.transitions.ts';
import type { SignInFlowsPort } from './flows.port.ts';

export class SignInFlowsStore implements SignInFlowsPort {
  readonly #database: Database;
  readonly #tables: { challenges: string; accounts: string };

  constructor(database: Database, tables: { challenges: string; accounts: string }) {
    this.#database = database;
    this.#tables = tables;
  }

  async get(flowId: string): Promise<SignInFlow | undefined> {
    return flowOf(await this.#database.read(this.#tables.challenges, flowKey(flowId)));
  }

  async load(
    flowId: string,
    accountId: string,
  ): Promise<{ flow: SignInFlow | undefined; account: Account | undefined }> {
    const [flow, account] = await this.#database.readAll([
      {
        table: this.#tables.challenges,
        key: flowKey(flowId),
      },
      {
        table: this.#tables.accounts,
        key: accountKey(accountId),
      },
    ]);
    return { flow: flowOf(flow), account: accountOf(account) };
  }

  apply(flowId: string, transition: SignInFlowTransition): Write {
    return change(this.#tables.challenges, flowKey(flowId), transition);
  }
}
