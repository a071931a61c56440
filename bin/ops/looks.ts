/** What operators look at: users, what explains them, and their events. */
import { EmailAddress } from '../../contract/accounts.ts';
import { DEFAULT_LANGUAGE } from '../../contract/languages.ts';
import type { Account } from '../../lambdas/capabilities/accounts/account.rules.ts';
import { readPhone } from '../../lambdas/capabilities/accounts/phone.rules.ts';
import type { Explanation } from '../../lambdas/capabilities/support/explanation.rules.ts';
import { findPeople } from '../../lambdas/capabilities/support/find-people.ts';
import { explain, recordLook } from '../../lambdas/capabilities/support/support.ts';
import type { RecordedEvent } from '../../lambdas/ground/audit/audit.rules.ts';
import { definite } from '../../lambdas/ground/platform/definite.rules.ts';
import { managedUserOf } from '../../lambdas/capabilities/management/users.ts';
import { checkedNpi } from './codes.ts';
import { EXIT, type Output, UsageFault } from './output.ts';
import type { Target } from './target.ts';
import { accountOf, ACT } from './users.ts';

export async function showUser(target: Target, username: string, output: Output): Promise<void> {
  const user = await accountOf(target, username);
  const { npi, accountId, epoch, language, legacyUsername } = user;
  await recordLook(target.deps, user, ACT, 'SHOWN');
  output.result(
    definite({
      ...managedUserOf(user),
      npi,
      accountId,
      epoch,
      language,
      legacyUsername,
    }),
  );
}

export interface Sought {
  email?: string;
  phone?: string;
  npi?: string;
  name?: string;
}

/** Finds by exactly one of e-mail address, phone, NPI and name; an empty list is not found. */
export async function findUsers(target: Target, sought: Sought, output: Output): Promise<number> {
  if (Object.keys(sought).length !== 1)
    throw new UsageFault('Give exactly one of --email, --phone, --npi and --name.');
  const found = (await accountsSought(target, sought)).map((account) =>
    definite({ ...managedUserOf(account), npi: account.npi }),
  );
  const lines = found.map(({ username, status, npi, firstName, lastName, maskedEmail = '' }) =>
    [username.padEnd(24), status.padEnd(9), npi, `${firstName} ${lastName}`, maskedEmail]
      .join('  ')
      .trimEnd(),
  );
  output.result(found, lines.join('\n') || 'Nobody was found.');
  return found.length === 0 ? EXIT.failed : EXIT.done;
}

async function accountsSought(target: Target, sought: Sought): Promise<Account[]> {
  const { email, phone, npi, name = '' } = sought;
  if (npi !== undefined) return usersOf(target, checkedNpi(npi));
  if (email !== undefined) {
    const address = EmailAddress.safeParse(email);
    if (!address.success) throw new UsageFault(`${email} is not a valid e-mail address.`);
    return findPeople(target.people, { email: address.data });
  }
  if (phone === undefined) return findPeople(target.people, { name });
  const read = readPhone(phone, target.phones);
  if ('refused' in read) throw new UsageFault(`${phone} is not a phone number: ${read.refused}.`);
  return findPeople(target.people, { phone: read.phone });
}

async function usersOf({ accounts }: Target, npi: string): Promise<Account[]> {
  const users: Account[] = [];
  for (let after: string | undefined; ;) {
    const page = await accounts.ofProvider({ npi, search: '', after, size: 100 });
    users.push(...page.accounts);
    after = page.last;
    if (after === undefined) return users;
  }
}

export async function explainUser(target: Target, username: string, output: Output): Promise<void> {
  const user = await accountOf(target, username);
  const explanation = await explain(target.deps, user);
  await recordLook(target.deps, user, ACT, 'EXPLAINED');
  output.result({ username: user.username, ...explanation }, inWords(user.username, explanation));
}

function inWords(username: string, explanation: Explanation): string {
  const { status, meaning, factors, locks, flows, sends, signIns, nextSteps } = explanation;
  const { method = 'none', maskedEmail = 'no e-mail address', maskedPhone } = factors;
  const { language = DEFAULT_LANGUAGE } = factors;
  const section = (title: string, lines: string[]) => [
    '',
    title,
    ...(lines.length === 0 ? ['  none'] : lines.map((line) => `  ${line}`)),
  ];
  return [
    `${username} is ${status}. ${meaning}`,
    `Login method: ${method}; ${[maskedEmail, maskedPhone].filter(Boolean).join(', ')}`,
    `Language of messages: ${language}`,
    ...section(
      'Locks',
      locks.map(({ what, until }) => (until === undefined ? what : `${what} Until ${until}.`)),
    ),
    ...section(
      'Open flows',
      flows.map(({ what, step, until }) =>
        [what, step && `At ${step}.`, until && `Until ${until}.`].filter(Boolean).join(' '),
      ),
    ),
    ...section(
      'Last sends',
      sends.map(({ at, what, cause }) => `${at}  ${what}${cause === undefined ? '' : ` ${cause}`}`),
    ),
    ...section(
      'Last sign-ins',
      signIns.map(({ at, loginMethod = '' }) => `${at}  ${loginMethod}`.trimEnd()),
    ),
    ...section('What to do next', nextSteps),
  ].join('\n');
}

/** Every event of an account, the newest first, with the usernames of the admins who acted. */
export async function eventsOf(target: Target, accountId: string): Promise<NamedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let after: string | undefined; ;) {
    const page = await target.events.ofAccount(accountId, after, 100);
    events.push(...page.events);
    after = page.last;
    if (after === undefined) break;
  }
  return namedEvents(target, events);
}

const KINDS = new Set(['SELF', 'HELP_DESK', 'OPERATOR', 'SYSTEM']);

/** Events with who acted: an admin by the username. */
async function namedEvents(
  { accounts }: Target,
  events: readonly RecordedEvent[],
): Promise<NamedEvent[]> {
  const ids = new Set(events.flatMap(({ actor }) => actor ?? []).filter((id) => !KINDS.has(id)));
  const admins = new Map<string, string | undefined>();
  for (const id of ids) admins.set(id, (await accounts.get(id))?.username);
  return events.map(({ accountId: _account, eventId: _event, actor, ...event }) => ({
    ...event,
    ...definite({
      actor: actor === undefined || KINDS.has(actor) ? actor : 'ADMIN',
      actorUsername: actor === undefined ? undefined : admins.get(actor),
    }),
  }));
}

export type NamedEvent = Omit<RecordedEvent, 'accountId' | 'eventId'> & { actorUsername?: string };

export async function showEvents(target: Target, username: string, output: Output): Promise<void> {
  const user = await accountOf(target, username);
  output.result(await eventsOf(target, user.accountId));
}
