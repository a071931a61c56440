import { describeUser, wireAttributes } from '../attributes.ts';
import { invalidParameter } from '../errors.ts';
import { checkPool, optionalText } from '../input.ts';
import type { Input, Operation } from '../services.ts';
import type { User } from '../users.ts';

const SEARCHABLE = new Set([
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'cognito:user_status',
  'status',
  'sub',
]);
const PAGE = 60;

/** ListUsers: every user or those that a filter names, in order of creation. */
export const listUsers: Operation =
  ({ pool, users }) =>
  (_call, input) => {
    checkPool(pool, input);
    const matching = users.all().filter(readFilter(optionalText(input, 'Filter')));
    const start = pageStart(input);
    const limit = typeof input.Limit === 'number' ? input.Limit : PAGE;
    if (limit < 0 || limit > PAGE)
      throw invalidParameter(`Limit is ${limit}; it may be 0 to ${PAGE}.`);
    const end = start + limit;
    const wanted = Array.isArray(input.AttributesToGet)
      ? new Set(input.AttributesToGet)
      : undefined;
    return Promise.resolve({
      Users: matching.slice(start, end).map((user) => ({
        ...describeUser(user),
        Attributes: wireAttributes(user).filter(({ Name }) => wanted?.has(Name) ?? true),
      })),
      ...(end < matching.length && limit > 0
        ? { PaginationToken: Buffer.from(String(end)).toString('base64') }
        : {}),
    });
  };

function pageStart(input: Input): number {
  const token = optionalText(input, 'PaginationToken');
  if (token === undefined) return 0;
  const start = Number(Buffer.from(token, 'base64').toString());
  if (!Number.isInteger(start) || start < 1)
    throw invalidParameter('Invalid pagination token given.');
  return start;
}

function readFilter(filter: string | undefined): (user: User) => boolean {
  if (filter === undefined) return () => true;
  const parsed = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter);
  const [, attribute = '', operator, quoted = ''] = parsed ?? [];
  if (parsed === null || !SEARCHABLE.has(attribute))
    throw invalidParameter(`Error while parsing filter: ${filter}`);
  const wanted = quoted.replace(/\\(.)/g, '$1');
  const matches = (value: string): boolean =>
    operator === '=' ? value === wanted : value.startsWith(wanted);
  return (user) => matches(searchValue(user, attribute));
}

function searchValue(user: User, attribute: string): string {
  if (attribute === 'username') return user.sub;
  if (attribute === 'cognito:user_status') return user.status;
  if (attribute === 'status') return user.enabled ? 'Enabled' : 'Disabled';
  return user.attributes[attribute] ?? '';
}
