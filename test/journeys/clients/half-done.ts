/** What steps that end in between, restores and hands in the console leave behind. */
import {
  AdminCreateUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Machine } from './machine.ts';

/** Nights leave what is half-done to those who need it, until the faults are cleared. */
export async function keepTheSweepOut(machine: Machine): Promise<void> {
  const every = { service: 'cognito', function: 'sweep', operation: 'ListUsers', times: 1_000 };
  await machine.fault({ ...every, error: 'NotAuthorizedException' });
}

export class HalfDone {
  readonly #machine: Machine;
  readonly #cognito: CognitoIdentityProviderClient;
  readonly #engine: DynamoDBClient;

  constructor(machine: Machine) {
    const { endpoint, outputs, operatorCredentials: credentials } = machine.stack;
    const settings = { endpoint, region: outputs.region, credentials };
    this.#machine = machine;
    this.#cognito = new CognitoIdentityProviderClient(settings);
    this.#engine = new DynamoDBClient(settings);
  }

  /** A user of Cognito whose account does not exist, or that our functions did not make. */
  async user(email: string, accountId?: string): Promise<void> {
    await this.#cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: this.#pool,
        Username: email,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: email },
          ...(accountId === undefined ? [] : [{ Name: 'custom:account_id', Value: accountId }]),
        ],
      }),
    );
  }

  async moveUser(from: string, to: string): Promise<void> {
    await this.#cognito.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: this.#pool,
        Username: from,
        UserAttributes: [{ Name: 'email', Value: to }],
      }),
    );
  }

  /** An address whose account does not exist. */
  async claim(email: string): Promise<void> {
    const Item = { pk: `EMAIL#${email}`, accountId: 'gone' };
    await this.#items.send(new PutCommand({ TableName: this.#table, Item }));
  }

  /** An account whose address names nobody. */
  async loseClaim(email: string): Promise<void> {
    const Key = { pk: `EMAIL#${email}` };
    await this.#items.send(new DeleteCommand({ TableName: this.#table, Key }));
  }

  /** An account whose sign-out Cognito has not taken for an hour. */
  async oweSignOut(username: string): Promise<void> {
    // What still follows the trail would sign the account out first.
    await this.#machine.settled();
    await this.#set(username, 'signOutDue', await this.#anHourAgo());
  }

  /** An account of a password request that did not end, and that nobody repeats. */
  async leavePassword(username: string): Promise<void> {
    const lease = { id: 'lease', until: await this.#anHourAgo() };
    await this.#set(username, 'passwordLease', lease);
  }

  async #anHourAgo(): Promise<number> {
    return (await this.#machine.now()) - 3_600_000;
  }

  /** An attribute of an account. */
  async #set(username: string, attribute: string, value: unknown): Promise<void> {
    const name = { TableName: this.#table, Key: { pk: `USERNAME#${username}` } };
    const { Item } = await this.#items.send(new GetCommand(name));
    await this.#items.send(
      new UpdateCommand({
        TableName: this.#table,
        Key: { pk: `ACCOUNT#${String(Item?.accountId)}` },
        UpdateExpression: 'SET #attribute = :value',
        ExpressionAttributeNames: { '#attribute': attribute },
        ExpressionAttributeValues: { ':value': value },
      }),
    );
  }

  /** One of each kind that the sweep mends: users, addresses, sign-outs, passwords. */
  async ofEveryKind(elsewhere: string, signedOut: string): Promise<void> {
    await this.claim('held@cedargrove.example');
    await this.moveUser(elsewhere, 'elsewhere@cedargrove.example');
    await this.loseClaim(elsewhere);
    await this.oweSignOut(signedOut);
    await this.leavePassword(signedOut);
    await this.user('left.behind@cedargrove.example', 'gone');
  }

  /** What counts for people who are not there, and a proof that the trail has twice. */
  async belongings(): Promise<void> {
    const later = (await this.#machine.now()) + 3_600_000;
    const before = new Date(later - 2 * 3_600_000).toISOString();
    const proof = { accountId: 'gone', event: 'SIGNED_IN', flowId: 'flow', at: before };
    const day = `${before.slice(0, 10)}#0`;
    await this.#put('RememberedDevices', {
      ...{ accountId: 'gone', deviceId: 'device', epoch: 1, expiresAt: later },
    });
    await this.#put('Passkeys', { accountId: 'gone', passkeyId: 'passkey', passkeyEpoch: 0 });
    await this.#put('RegistrationCodes', { npi: '1234567893', code: 'mac', redeemedBy: 'gone' });
    for (const one of ['a', 'b'])
      await this.#put('AuditEvents', { ...proof, day, eventId: `${before}#${one}` });
  }

  async #put(table: string, Item: Record<string, unknown>): Promise<void> {
    const TableName = this.#machine.outputs.tables[table];
    await this.#items.send(new PutCommand({ TableName, Item }));
  }

  /** Once a test is done with it. */
  destroy(): void {
    this.#cognito.destroy();
    this.#engine.destroy();
  }

  get #pool(): string {
    return this.#machine.outputs.userPoolId;
  }

  get #table(): string {
    return this.#machine.outputs.tables.Accounts ?? '';
  }

  get #items(): DynamoDBDocumentClient {
    return DynamoDBDocumentClient.from(this.#engine);
  }
}
