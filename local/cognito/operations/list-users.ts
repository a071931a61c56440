import { z } from 'zod';
import { definite } from '../../definite.ts';
import { describeUser, wireAttributes } from '../attributes.ts';
import { invalidParameter } from '../errors.ts';
import { checkPool } from '../lookups.ts';
import { operation, optionalText, text } from '../operation.ts';
import type { CognitoServices } from '../services.ts';
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

const Request = z.object({
  UserPoolId: text,
  Filter: optionalText,
  PaginationToken: optionalText,
  Limit: z.number().nullish(),
  AttributesToGet: z.array(z.string()).nullish(),
});

/** ListUsers: every user, or those that a filter matches, in order of creation. */
export const listUsers = operation(
  Request,
  ({ pool, users }: Pick<CognitoServices, 'pool' | 'users'>, request) => {
    checkPool(pool, request.UserPoolId);
    const matching = users.all().filter(readFilter(request.Filter));
    const start = pageStart(request.PaginationToken);
    const limit = pageLength(request.Limit ?? PAGE);
    const end = start + limit;
    const hasMore = end < matching.length && limit > 0;
    const token = hasMore ? Buffer.from(String(end)).toString('base64') : undefined;
    return {
      Users: matching.slice(start, end).map((user) => listed(user, request.AttributesToGet)),
      ...definite({ PaginationToken: token }),
    };
  },
);

function listed(user: User, wanted: string[] | null | undefined): object {
  const attributes = wireAttributes(user).filter(({ Name }) => wanted?.includes(Name) ?? true);
  return { ...describeUser(user), Attributes: attributes };
}

function pageLength(limit: number): number {
  if (limit < 0 || limit > PAGE)
    throw invalidParameter(`Limit is ${limit}; it may be 0 to ${PAGE}.`);
  return limit;
}

function pageStart(token: string | undefined): number {
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
