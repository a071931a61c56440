import { randomUUID } from 'node:crypto';
import { AwsError } from '../gateway/aws-error.ts';
import type { Section } from '../state.ts';
import { userNotFound } from './errors.ts';
import type { Verifier } from './srp.ts';

export type UserStatus = 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'UNCONFIRMED' | 'RESET_REQUIRED';

/** A user as the pool keeps it. Times are in milliseconds. */
export interface User {
  /** The username that tokens and triggers carry: a UUID, since people sign in by e-mail address. */
  sub: string;
  attributes: Record<string, string>;
  enabled: boolean;
  status: UserStatus;
  createdAt: number;
  modifiedAt: number;
  password?: Verifier;
  /** Tokens issued before are revoked. */
  signedOutAt?: number;
}

/** The pool's users. */
export interface Users {
  /** By e-mail address, in any case, or by sub. */
  find(username: string): User | undefined;
  /** @throws AwsError UserNotFoundException */
  get(username: string): User;
  /** @throws AwsError UsernameExistsException */
  create(email: string, attributes: Record<string, string>, at: number): User;
  /** Writes a user back after a change. @throws AwsError AliasExistsException */
  save(user: User, at: number): void;
  remove(user: User): void;
  all(): User[];
}

export function createUsers(section: Section<Record<string, User>>): Users {
  const bySub = new Map(Object.entries(section.value));
  const byEmail = new Map([...bySub.values()].map((user) => [emailOf(user), user.sub]));
  const find = (username: string): User | undefined => {
    const user = bySub.get(username) ?? bySub.get(byEmail.get(username.toLowerCase()) ?? '');
    return user && structuredClone(user);
  };
  const put = (user: User): void => {
    bySub.set(user.sub, user);
    byEmail.set(emailOf(user), user.sub);
    section.value[user.sub] = user;
    section.changed();
  };
  return {
    find,
    get(username) {
      const user = find(username);
      if (user === undefined) throw userNotFound();
      return user;
    },
    create(email, attributes, at) {
      if (byEmail.has(email.toLowerCase())) throw new AwsError('UsernameExistsException', 'User account already exists');
      const sub = randomUUID();
      const user: User = { sub, attributes: { sub, ...attributes, email }, enabled: true, status: 'FORCE_CHANGE_PASSWORD', createdAt: at, modifiedAt: at };
      put(user);
      return structuredClone(user);
    },
    save(user, at) {
      const owner = byEmail.get(emailOf(user));
      if (owner !== undefined && owner !== user.sub) throw new AwsError('AliasExistsException', 'An account with the given email already exists.');
      const former = bySub.get(user.sub);
      if (former !== undefined) byEmail.delete(emailOf(former));
      put({ ...structuredClone(user), modifiedAt: at });
    },
    remove(user) {
      bySub.delete(user.sub);
      byEmail.delete(emailOf(user));
      delete section.value[user.sub];
      section.changed();
    },
    all: () => [...bySub.values()],
  };
}

function emailOf({ attributes }: User): string {
  return (attributes.email ?? '').toLowerCase();
}
