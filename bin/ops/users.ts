/** What operators change for users of every provider. */
import { EmailAddress } from '../../contract/accounts.ts';
import type { Account } from '../../lambdas/capabilities/accounts/account.rules.ts';
import type { StaffLink } from '../../lambdas/capabilities/outbox/staff-link.ts';
import {
  eraseAccount,
  resendLink,
  setLegalHold,
  unlock,
} from '../../lambdas/capabilities/support/support.ts';
import { linkDestination } from '../../lambdas/capabilities/token-flows/links.rules.ts';
import {
  correctEmail,
  resetRegistration,
  setRole,
  setStatus,
} from '../../lambdas/capabilities/management/manage-users.ts';
import { findUser } from '../../lambdas/capabilities/management/users.ts';
import { NotFound, type Output, Refusal, UsageFault } from './output.ts';
import { OPERATOR, type Target } from './target.ts';

export const ACT = { actor: OPERATOR.accountId };

/** @throws NotFound */
export async function accountOf(target: Target, username: string): Promise<Account> {
  const user = await findUser(target.deps, OPERATOR, username);
  if ('refused' in user) throw new NotFound(`No account has the username ${username}.`);
  return user;
}

export type UserAction = 'reset' | 'disable' | 'enable' | 'make-admin' | 'make-standard';

export async function actOnUser(
  target: Target,
  action: UserAction,
  username: string,
  output: Output,
): Promise<void> {
  const { deps } = target;
  const user = await accountOf(target, username);
  if (action === 'reset') return reset(target, user, output);
  const outcome = await run();
  if ('refused' in outcome) throw new Refusal(`Refused: ${outcome.refused}`);
  output.result(outcome);

  async function run() {
    switch (action) {
      case 'disable':
        return setStatus(deps, OPERATOR, user, { status: 'DISABLED' });
      case 'enable':
        return setStatus(deps, OPERATOR, user, { status: 'ENABLED' });
      case 'make-admin':
        return setRole(deps, OPERATOR, user, { role: 'ADMIN' });
      default:
        return setRole(deps, OPERATOR, user, { role: 'STANDARD' });
    }
  }
}

/** Says whether a link is on its way: a reset without one leaves the person outside. */
async function reset(target: Target, user: Account, output: Output): Promise<void> {
  const registers = user.status === 'ENROLLING' || user.status === 'ACTIVE';
  const status = registers ? 'RESET' : user.status;
  if (linkDestination({ ...user, status }, 'STAFF') === undefined && user.status !== 'DISABLED')
    throw new Refusal(noAddress(user));
  const { deps, hasMailed } = watchingLinks(target);
  const refused = await resetRegistration(deps, OPERATOR, user);
  if (refused !== undefined) throw new Refusal(`Refused: ${refused.refused}`);
  const done = { username: user.username, status };
  if (hasMailed()) output.result({ ...done, link: 'QUEUED' }, 'Done. A link is mailed.');
  else
    output.result(
      { ...done, link: 'TOO_SOON' },
      'Done. No other link is mailed: one was mailed within the last minute, or as many within ' +
        'the hour as limits.staffLinksPerAccountHour allows. If it was used already: ops users ' +
        'resend-link, in a minute.',
    );
}

/** The collaborators of an act, and whether it has queued a link. */
function watchingLinks(target: Target) {
  const { deps } = target;
  let isQueued = false;
  const outbox: typeof deps.outbox = {
    async sendLink(message) {
      await deps.outbox.sendLink(message);
      isQueued = true;
    },
  };
  return { deps: { ...deps, outbox }, hasMailed: () => isQueued };
}

function noAddress({ username, status }: Account): string {
  if (status === 'ACTIVE' || status === 'DISABLED')
    return `${username} is ${status}: no link is mailed in this state.`;
  return (
    `${username} has no address on record, so that nobody would get the link. Set one: ` +
    `ops users set-email ${username} <email> --reason <reason>`
  );
}

const LINKS: Record<Exclude<StaffLink, 'NO_DESTINATION'>, string> = {
  QUEUED: 'Done. A link is mailed to the address on record.',
  TOO_SOON: 'A link was mailed within the last minute. Wait for it, or try again in a minute.',
  TOO_MANY:
    'As many links were mailed within the hour as limits.staffLinksPerAccountHour allows. Try ' +
    'again in an hour.',
};

export async function mailLinkAgain(
  target: Target,
  username: string,
  output: Output,
): Promise<void> {
  const user = await accountOf(target, username);
  const link = await resendLink(target.deps, user, ACT, 'OPERATOR_LINK');
  if (link === 'NO_DESTINATION') throw new Refusal(noAddress(user));
  if (link !== 'QUEUED') throw new Refusal(LINKS[link]);
  output.result({ username: user.username, link }, LINKS[link]);
}

/** Corrects the address on record, and mails the link there. The former one is notified. */
export async function setEmail(
  target: Target,
  username: string,
  email: string,
  output: Output,
): Promise<void> {
  const address = EmailAddress.safeParse(email);
  if (!address.success) throw new UsageFault(`${email} is not a valid e-mail address.`);
  const user = await accountOf(target, username);
  const outcome = await correctEmail(target.deps, OPERATOR, user, { email: address.data });
  if (!('refused' in outcome)) return output.result(outcome);
  throw new Refusal(
    outcome.refused === 'ALREADY_REGISTERED'
      ? `${username} is registered: reset the registration first (ops users reset ${username}).`
      : `Refused: ${outcome.refused}`,
  );
}

export async function unlockUser(target: Target, username: string, output: Output): Promise<void> {
  const user = await accountOf(target, username);
  const refused = await unlock(target.deps, user, ACT);
  if (refused !== undefined) throw new Refusal(`Refused: ${refused.refused}`);
  output.result({ username: user.username, unlocked: true }, 'Done.');
}

export async function holdUser(
  target: Target,
  username: string,
  placed: boolean,
  output: Output,
): Promise<void> {
  const user = await accountOf(target, username);
  const refused = await setLegalHold(target.deps, user, ACT, placed);
  if (refused !== undefined)
    throw new Refusal(`${username} ${placed ? 'is already' : 'is not'} under a legal hold.`);
  output.result({ username: user.username, legalHold: placed }, 'Done.');
}

export async function eraseUser(
  target: Target,
  username: string,
  yes: boolean,
  output: Output,
): Promise<void> {
  const user = await accountOf(target, username);
  const { legalHoldAt, npi, firstName, lastName } = user;
  if (legalHoldAt !== undefined)
    throw new Refusal(`${username} is under a legal hold. Release it first, or leave the account.`);
  await output.confirm(`Erase ${username} (${firstName} ${lastName}, NPI ${npi}).`, yes);
  const refused = await eraseAccount(target.deps, user, ACT);
  if (refused !== undefined) throw new Refusal(`Refused: ${refused.refused}. Try again.`);
  output.result(
    {
      username: user.username,
      accountId: user.accountId,
      erased: true,
    },
    'Done.',
  );
}
