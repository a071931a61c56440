import { randomUUID } from 'node:crypto';
import { AwsError } from '../gateway/aws-error.ts';
import type { Section } from '../state.ts';
import { userNotFound } from './errors.ts';
import type { Verifier } from './srp.ts';

type UserStatus =
  'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'UNCONFIRMED' | 'RESET_REQUIRED' | 'EXTERNAL_PROVIDER';

/** A user as the pool keeps it. Times are in milliseconds. */
export interface User {
  /** The username in tokens and triggers: a UUID, since people sign in by e-mail address. */
  sub: string;
  /** The username of a federated user, `<provider>_<id>`; of others it is the sub. */
  username?: string;
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
  find: (username: string) => User | undefined;
  /** @throws AwsError UserNotFoundException */
  get: (username: string) => User;
  /** @throws AwsError UsernameExistsException */
  create: (email: string, attributes: Record<string, string>, at: number) => User;
  /** Writes a user back after a change. @throws AwsError AliasExistsException */
  save: (user: User, at: number) => void;
  remove: (user: User) => void;
  all: () => User[];
}

export function createUsers(section: Section<Record<string, User>>): Users {
  return new KeptUsers(section);
}

class KeptUsers implements Users {
  readonly #section: Section<Record<string, User>>;
  readonly #subByEmail: Map<string, string>;

  constructor(section: Section<Record<string, User>>) {
    this.#section = section;
    this.#subByEmail = new Map(this.all().map((user) => [emailOf(user), user.sub]));
  }

  find(username: string): User | undefined {
    const user =
      this.#section.value[username] ??
      this.#section.value[this.#subByEmail.get(username.toLowerCase()) ?? ''];
    return user && copy(user);
  }

  get(username: string): User {
    const user = this.find(username);
    if (user === undefined) throw userNotFound();
    return user;
  }

  create(email: string, attributes: Record<string, string>, at: number): User {
    if (this.#subByEmail.has(email.toLowerCase()))
      throw new AwsError('UsernameExistsException', 'User account already exists');
    const sub = randomUUID();
    return copy(
      this.#put({
        sub,
        attributes: { sub, ...attributes, email },
        enabled: true,
        status: 'FORCE_CHANGE_PASSWORD',
        createdAt: at,
        modifiedAt: at,
      }),
    );
  }

  save(user: User, at: number): void {
    const owner = this.#subByEmail.get(emailOf(user));
    if (owner !== undefined && owner !== user.sub)
      throw new AwsError('AliasExistsException', 'An account with the given email already exists.');
    const former = this.#section.value[user.sub];
    if (former !== undefined) this.#subByEmail.delete(emailOf(former));
    this.#put({ ...copy(user), modifiedAt: at });
  }

  remove(user: User): void {
    this.#subByEmail.delete(emailOf(user));
    Reflect.deleteProperty(this.#section.value, user.sub);
    this.#section.changed();
  }

  all(): User[] {
    return Object.values(this.#section.value);
  }

  #put(user: User): User {
    this.#section.value[user.sub] = user;
    this.#subByEmail.set(emailOf(user), user.sub);
    this.#section.changed();
    return user;
  }
}

/** Callers change their copy and then save it. */
function copy(user: User): User {
  return { ...user, attributes: { ...user.attributes } };
}

function emailOf({ attributes }: User): string {
  return (attributes.email ?? '').toLowerCase();
}
