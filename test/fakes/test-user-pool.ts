import { Faulty } from './faulty.ts';
import { outageNamed } from './outage.ts';

interface User {
  username: string;
  email: string;
  accountId: string;
  password?: string;
  signOuts: number;
}

type Operation =
  | 'ensureUser'
  | 'userOf'
  | 'changeEmail'
  | 'setPassword'
  | 'signOutEverywhere'
  | 'deleteUser'
  | 'proves';

/**
 * A user pool that refuses the password `refused by Cognito`, and any operation on a user that it
 * does not have.
 */
export class TestUserPool extends Faulty<Operation> {
  readonly #users: User[] = [];
  /** Runs before a password is set or sessions are ended: another request that comes in between. */
  before: ((operation: Operation) => Promise<void>) | undefined;

  protected override outage(): Error {
    return outageNamed('UserPoolUnavailable');
  }

  add(user: Pick<User, 'username' | 'email' | 'accountId'> & { password?: string }): void {
    this.#users.push({ ...user, signOuts: 0 });
  }

  user(username: string): User {
    const found = this.#users.find((user) => user.username === username);
    if (found === undefined) throw new Error(`The pool has no user ${username}.`);
    return found;
  }

  byEmail(email: string): User | undefined {
    return this.#users.find((user) => user.email === email);
  }

  async ensureUser(email: string, accountId: string): Promise<{ username: string } | 'TAKEN'> {
    return this.run('ensureUser', () => {
      const known = this.byEmail(email);
      if (known !== undefined)
        return known.accountId === accountId ? { username: known.username } : 'TAKEN';
      const username = `user-${this.#users.length + 1}`;
      this.add({ username, email, accountId });
      return { username };
    });
  }

  async userOf(
    name: string,
  ): Promise<{ username: string; accountId: string | undefined } | undefined> {
    return this.run('userOf', () =>
      this.#users.find(({ email, username }) => email === name || username === name),
    );
  }

  async changeEmail(username: string, email: string): Promise<'DONE' | 'TAKEN'> {
    return this.run('changeEmail', () => {
      const other = this.byEmail(email);
      if (other !== undefined && other.username !== username) return 'TAKEN';
      this.user(username).email = email;
      return 'DONE';
    });
  }

  async setPassword(username: string, password: string): Promise<'DONE' | 'REFUSED'> {
    await this.before?.('setPassword');
    return this.run('setPassword', () => {
      if (password === 'refused by Cognito') return 'REFUSED';
      this.user(username).password = password;
      return 'DONE';
    });
  }

  async signOutEverywhere(username: string): Promise<void> {
    await this.before?.('signOutEverywhere');
    await this.run('signOutEverywhere', () => {
      this.user(username).signOuts += 1;
    });
  }

  async deleteUser(username: string): Promise<void> {
    await this.run('deleteUser', () => {
      const index = this.#users.findIndex((user) => user.username === username);
      if (index >= 0) this.#users.splice(index, 1);
    });
  }

  async proves(password: string, email: string | undefined): Promise<boolean> {
    return this.run('proves', () =>
      email === undefined ? false : this.byEmail(email)?.password === password,
    );
  }
}
