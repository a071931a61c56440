/** The audit trail of one person, as they and their provider's admins see it. */
import type { UserEventPage } from '../../../contract/portal.ts';
import type { AuditEvent, RecordedEvent } from '../../ground/audit/audit.rules.ts';
import { cursorOf } from '../../ground/platform/cursors.rules.ts';
import { definite } from '../../ground/platform/definite.rules.ts';
import type { Account } from '../accounts/account.rules.ts';
import type { AccountsPort } from '../accounts/accounts.port.ts';

export interface TrailDeps {
  accounts: Pick<AccountsPort, 'get'>;
  events: {
    ofAccount: (
      accountId: string,
      after: string | undefined,
      size: number,
    ) => Promise<{ events: RecordedEvent[]; last?: string }>;
  };
}

const PAGE = 25;

export async function listEvents(
  deps: TrailDeps,
  { accountId, npi }: Account,
  after?: string,
): Promise<UserEventPage> {
  const page = await deps.events.ofAccount(accountId, after, PAGE);
  const admins = await adminsAmong(deps, page.events, npi);
  return definite({
    events: page.events.map((event) => eventView(event, admins)),
    cursor: page.last === undefined ? undefined : cursorOf(page.last),
  });
}

const KINDS = ['SELF', 'HELP_DESK', 'OPERATOR', 'SYSTEM'] as const;

function isKind(actor: string | undefined): actor is (typeof KINDS)[number] {
  return KINDS.some((kind) => kind === actor);
}

/** The usernames of the admins who acted, as far as they are of the same provider. */
async function adminsAmong(
  { accounts }: TrailDeps,
  events: readonly AuditEvent[],
  npi: string,
): Promise<Map<string, string>> {
  const ids = events.flatMap(({ actor }) => (actor === undefined || isKind(actor) ? [] : [actor]));
  const found = await Promise.all([...new Set(ids)].map((id) => accounts.get(id)));
  const admins = found.filter((account) => account?.npi === npi) as Account[];
  return new Map(admins.map(({ accountId, username }) => [accountId, username]));
}

function eventView(recorded: RecordedEvent, admins: Map<string, string>) {
  const { at, event, outcome, actor, reason, loginMethod, sourceAddress, requestId } = recorded;
  return definite({
    at,
    event,
    outcome,
    reason,
    loginMethod,
    requestId,
    // An employee's workplace is not for others to see.
    sourceAddress: actor === 'HELP_DESK' ? undefined : sourceAddress,
    actor: actor === undefined || isKind(actor) ? actor : ('ADMIN' as const),
    actorUsername: actor === undefined ? undefined : admins.get(actor),
  });
}
