import { invalidParameter } from './errors.ts';
import type { Pool } from './pool.ts';
import type { User } from './users.ts';

/** Attributes on the wire. */
export interface WireAttribute {
  Name: string;
  Value: string;
}

const STANDARD = new Set([
  'address',
  'birthdate',
  'email',
  'email_verified',
  'family_name',
  'gender',
  'given_name',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'phone_number_verified',
  'picture',
  'preferred_username',
  'profile',
  'website',
  'zoneinfo',
]);

/** Checks names against the pool's schema. @throws AwsError InvalidParameterException */
export function readAttributes(
  { customAttributes }: Pool,
  given: WireAttribute[] = [],
  { creating }: { creating: boolean },
): Record<string, string> {
  for (const { Name } of given) {
    const custom = customAttributes.get(Name);
    if (custom === undefined && !STANDARD.has(Name))
      throw invalidParameter(
        `Attributes did not conform to the schema: ${Name}: ` +
          'Attribute does not exist in the schema.\n',
      );
    if (custom?.mutable === false && !creating)
      throw invalidParameter(`user.${Name}: Attribute cannot be updated.\n`);
  }
  return Object.fromEntries(given.map(({ Name, Value }) => [Name, Value]));
}

/** A user's attributes as lists on the wire. */
export function wireAttributes({ attributes }: User): WireAttribute[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

/** A user's attributes as triggers see them: strings, with the status among them. */
export function triggerAttributes({ attributes, status }: User): Record<string, string> {
  return { ...attributes, 'cognito:user_status': status };
}

/** A user as the Admin operations describe it. */
export function describeUser(user: User): Record<string, unknown> {
  return {
    Username: user.sub,
    UserCreateDate: user.createdAt / 1000,
    UserLastModifiedDate: user.modifiedAt / 1000,
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}
