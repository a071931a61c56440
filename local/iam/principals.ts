import { randomBytes } from 'node:crypto';
import type { Place } from '../template/place.ts';
import type { Credentials } from './credentials.ts';
import { evaluate, type Needed } from './evaluate.ts';
import type { Statement } from './statements.ts';

/** Who a request's access key belongs to. */
export type Principal =
  | { kind: 'role'; arn: string; session?: string; statements: Statement[]; used?: Set<string> }
  | { kind: 'operator'; arn: string }
  | { kind: 'stranger' };

/** The access keys that this machine has given out. */
export interface Principals {
  credentialsOf: (roleArn: string) => Credentials;
  operator: Credentials;
  /** New keys for a role, which say whose session they are. */
  assume: (roleArn: string, session: string) => Credentials;
  byAccessKey: (accessKeyId: string | undefined) => Principal;
  /** What the calls of each role needed and were allowed, as `action resource`. */
  used: () => Map<string, ReadonlySet<string>>;
}

/**
 * Gives each role, and the operator, keys that are new at every start.
 * Signatures are not checked, so the key id alone is the secret here.
 */
export function createPrincipals(roles: Map<string, Statement[]>, place: Place): Principals {
  const operator = newCredentials();
  const byKey = new Map<string, Principal>([
    [
      operator.accessKeyId,
      {
        kind: 'operator',
        arn: `arn:${place.partition}:iam::${place.account}:user/operator`,
      },
    ],
  ]);
  const byRole = new Map<string, Credentials>();
  for (const [arn, statements] of roles) {
    const credentials = newCredentials();
    byRole.set(arn, credentials);
    byKey.set(credentials.accessKeyId, { kind: 'role', arn, statements, used: new Set() });
  }
  return {
    operator,
    assume(roleArn, session) {
      const known = [...byKey.values()].find((one) => one.kind === 'role' && one.arn === roleArn);
      if (known?.kind !== 'role') throw new Error(`${roleArn} is not a role of the stack.`);
      const credentials = newCredentials();
      byKey.set(credentials.accessKeyId, { ...known, session });
      return credentials;
    },
    credentialsOf(roleArn) {
      const credentials = byRole.get(roleArn);
      if (credentials === undefined)
        throw new Error(`A function runs as ${roleArn}, which is not a role of the stack.`);
      return credentials;
    },
    byAccessKey: (accessKeyId) => byKey.get(accessKeyId ?? '') ?? { kind: 'stranger' },
    used: () => {
      const roles = [...byKey.values()].filter((one) => one.kind === 'role');
      return new Map(roles.map(({ arn, used = new Set() }) => [arn, used]));
    },
  };
}

function newCredentials(): Credentials {
  return {
    accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
  };
}

/** Why a principal may not do something, in AWS's words; `undefined` if it may. */
export function refusal(principal: Principal, needed: Needed): string | undefined {
  if (principal.kind === 'operator') return undefined;
  if (principal.kind === 'stranger')
    return 'The security token included in the request is invalid.';
  const decision = evaluate(principal.statements, needed);
  if (decision === 'allowed') {
    principal.used?.add(`${needed.action} ${needed.resource}`);
    return undefined;
  }
  const because =
    decision === 'denied explicitly'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${needed.action} action`;
  return (
    `User: ${principal.arn} is not authorized to perform: ${needed.action} ` +
    `on resource: ${needed.resource} ${because}`
  );
}
