/** What a provider admin does, for users of every provider; and who is an admin. */
import { EmailAddress } from '../../contract/accounts.ts';
import {
  correctEmail,
  resetRegistration,
  setRole,
  setStatus,
} from '../../lambdas/journeys/administration/manage-users.ts';
import {
  findUser,
  listEvents,
  managedUserOf,
} from '../../lambdas/journeys/administration/users.ts';
import { OPERATOR, type Target } from './target.ts';

export type UserAction =
  'show' | 'reset' | 'disable' | 'enable' | 'make-admin' | 'make-standard' | 'events';

export async function actOnUser(
  target: Target,
  action: UserAction,
  username: string,
): Promise<number> {
  const deps = target.administration();
  const user = await findUser(deps, OPERATOR, username);
  if ('refused' in user) {
    console.error(`No account has the username ${username}.`);
    return 3;
  }
  const outcome = await run();
  if (typeof outcome === 'object' && 'refused' in outcome) {
    console.error(`Refused: ${outcome.refused}`);
    return 3;
  }
  console.log(outcome === undefined ? 'Done.' : JSON.stringify(outcome, null, 2));
  return 0;

  async function run() {
    if ('refused' in user) return user;
    switch (action) {
      case 'show':
        return managedUserOf(user);
      case 'reset':
        return resetRegistration(deps, OPERATOR, user);
      case 'disable':
        return setStatus(deps, OPERATOR, user, { status: 'DISABLED' });
      case 'enable':
        return setStatus(deps, OPERATOR, user, { status: 'ENABLED' });
      case 'make-admin':
        return setRole(deps, OPERATOR, user, { role: 'ADMIN' });
      case 'make-standard':
        return setRole(deps, OPERATOR, user, { role: 'STANDARD' });
      case 'events':
        return (await listEvents(deps, user)).events;
    }
  }
}

/** Corrects the address on record, and mails the link there. The former one is notified. */
export async function setEmail(target: Target, username: string, email: string): Promise<number> {
  const deps = target.administration();
  const address = EmailAddress.safeParse(email);
  if (!address.success) {
    console.error(`${email} is not a valid e-mail address.`);
    return 2;
  }
  const user = await findUser(deps, OPERATOR, username);
  if ('refused' in user) {
    console.error(`No account has the username ${username}.`);
    return 3;
  }
  const outcome = await correctEmail(deps, OPERATOR, user, { email: address.data });
  if (!('refused' in outcome)) {
    console.log(JSON.stringify(outcome, null, 2));
    return 0;
  }
  console.error(
    outcome.refused === 'ALREADY_REGISTERED'
      ? `${username} is registered: reset the registration first (ops users reset ${username}).`
      : `Refused: ${outcome.refused}`,
  );
  return 3;
}
