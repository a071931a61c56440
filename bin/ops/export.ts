/** All that is held of a person. Secrets and hashes are named, and not shown. */
import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import {
  type Account,
  addressOnRecord,
} from '../../lambdas/capabilities/accounts/account.rules.ts';
import { openFlowsOf, recordLook } from '../../lambdas/capabilities/support/support.ts';
import { eventsOf } from './looks.ts';
import type { Output } from './output.ts';
import type { Target } from './target.ts';
import { accountOf, ACT } from './users.ts';

/**
 * Prints it as one JSON value. What is not in it: messages that wait in the queue, which last for
 * minutes, and flows that no account refers to, such as a sign-in or a password reset under way.
 */
export async function exportUser(target: Target, username: string, output: Output): Promise<void> {
  const user = await accountOf(target, username);
  await recordLook(target.deps, user, ACT, 'EXPORTED');
  const { accountId } = user;
  const [events, rememberedDevices, passkeys, termsAcceptances, openFlows, cognito] =
    await Promise.all([
      eventsOf(target, accountId),
      target.devices.all(accountId),
      target.passkeys.all(accountId),
      target.termsAcceptancesOf(accountId),
      openFlowsOf(target.deps.flows, user, target.now()),
      cognitoUserOf(target, user),
    ]);
  output.result({
    exportedAt: new Date().toISOString(),
    account: { ...withoutSecrets(user), addressOnRecord: addressOnRecord(user) },
    recoveryCodes: { unused: user.recoveryCodes?.length ?? 0 },
    cognito,
    rememberedDevices,
    // The key that a lost registration is repeated with is compared with this hash.
    passkeys: passkeys.map((passkey) => without(passkey, ['registeredWith'])),
    termsAcceptances,
    openFlows: openFlows.map((flow) => without(flow, SECRETS_OF_A_FLOW)),
    events,
  });
}

const SECRETS = [
  'importedPassword',
  'registrationFlow',
  'registrationLink',
  'emailChange',
  'phoneChange',
  'recoveryCodes',
  'grants',
  'lastGrant',
  'passwordLease',
  'passwordChangedBy',
] as const;

/** Secrets are named instead of shown. */
export function withoutSecrets(account: Account): object {
  const held = SECRETS.filter((name) => account[name] !== undefined);
  return { ...without(account, SECRETS), heldAsSecrets: held };
}

function without(record: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** What a flow is found by, and what its codes and repeats are compared with. */
const SECRETS_OF_A_FLOW = ['tokenHash', 'linkHash', 'open', 'lastRequest'];

async function cognitoUserOf(
  target: Target,
  { cognitoUsername }: Account,
): Promise<object | undefined> {
  if (cognitoUsername === undefined) return undefined;
  const input = { UserPoolId: target.userPoolId, Username: cognitoUsername };
  const { Username, UserStatus, Enabled, UserCreateDate, UserAttributes } =
    await target.cognito.send(new AdminGetUserCommand(input));
  return {
    Username,
    UserStatus,
    Enabled,
    UserCreateDate,
    UserAttributes,
  };
}
