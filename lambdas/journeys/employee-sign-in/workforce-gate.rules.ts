/**
 * The token gate of the employees' pool: tokens are for employees who came by the identity
 * provider, with an address of the organisation, and for the one app client. What they may do, the
 * group says.
 */
import { isWorkforce } from '../../capabilities/accounts/email.rules.ts';

/** What Cognito says of a sign-in or of a refresh. */
export interface EmployeeTokens {
  source: string;
  clientId: string;
  /** The attributes of the user, as the identity provider last stated them. */
  attributes: Readonly<Record<string, string | undefined>>;
}

export interface Admission {
  /** The employees' one app client. */
  clientId: string;
  workforceEmailDomains: readonly string[];
  helpDeskGroup: string;
}

export interface EmployeeClaims {
  employee_id: string;
  employee_name: string;
  help_desk: boolean;
}

/** Any other way to tokens is refused: a native user, a forced password change, an API's flow. */
const SOURCES = ['TokenGeneration_HostedAuth', 'TokenGeneration_RefreshTokens'];

export function employeeClaims(
  { source, clientId, attributes }: EmployeeTokens,
  admission: Admission,
): { issued: EmployeeClaims } | { refused: string } {
  if (!SOURCES.includes(source)) return { refused: 'FOREIGN_SOURCE' };
  if (clientId !== admission.clientId) return { refused: 'FOREIGN_CLIENT' };
  const employeeId = federatedIdOf(attributes.identities);
  if (attributes['cognito:user_status'] !== 'EXTERNAL_PROVIDER' || employeeId === undefined)
    return { refused: 'NOT_FEDERATED' };
  const { email = '', name } = attributes;
  if (!isWorkforce(email.toLowerCase(), admission.workforceEmailDomains))
    return { refused: 'FOREIGN_ADDRESS' };
  return {
    issued: {
      employee_id: employeeId,
      employee_name: name ?? email,
      help_desk: groupsIn(attributes['custom:groups']).includes(admission.helpDeskGroup),
    },
  };
}

/** The identity provider's own identifier, in Cognito's list of a user's identities. */
function federatedIdOf(identities = ''): string | undefined {
  const [identity] = jsonList(identities) ?? [];
  const userId = (identity as { userId?: unknown } | undefined)?.userId;
  return typeof userId === 'string' && userId !== '' ? userId : undefined;
}

/**
 * The groups in a mapped attribute. Cognito writes a claim with several values as a JSON list, or
 * as `[a, b]` without quotes; a claim with one value is that value.
 */
export function groupsIn(attribute = ''): string[] {
  const list = jsonList(attribute);
  if (list !== undefined) return list.map(String);
  const bare = /^\[(.*)\]$/s.exec(attribute)?.[1] ?? attribute;
  return bare
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '');
}

function jsonList(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
