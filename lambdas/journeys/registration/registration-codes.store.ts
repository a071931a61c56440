/** Providers and their registration codes, by NPI. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { PortalRole } from '../../../contract/accounts.ts';
import { change, type Item, put, read, readAll, type Write } from '../../ground/platform/dynamo.ts';
import { absent, exists } from '../../ground/platform/expressions.rules.ts';
import type { RegistrationCode } from './registration-code.rules.ts';

/** The row of a provider among its codes; no MAC looks like it. */
const PROVIDER = 'PROVIDER';

export interface Provider {
  npi: string;
  name: string;
}

export class RegistrationCodesStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** The provider and one of its codes, in one read: a wrong NPI and a wrong code cost the same. */
  async find(
    npi: string,
    mac: string,
  ): Promise<{ provider: Provider | undefined; code: RegistrationCode | undefined }> {
    const [provider, code] = await readAll(this.#client, [
      { table: this.#table, key: { npi, code: PROVIDER } },
      { table: this.#table, key: { npi, code: mac } },
    ]);
    return {
      provider: provider as unknown as Provider | undefined,
      code: code as unknown as RegistrationCode | undefined,
    };
  }

  async provider(npi: string): Promise<Provider | undefined> {
    return (await read(this.#client, this.#table, { npi, code: PROVIDER })) as unknown as
      Provider | undefined;
  }

  saveProvider({ npi, name }: Provider): Write {
    return put(this.#table, { npi, code: PROVIDER, name });
  }

  /** A new code; one that exists stays as it is. */
  issue(npi: string, mac: string, role: PortalRole, now: number): Write {
    return put(this.#table, { npi, code: mac, role, issuedAt: now } satisfies Item, absent('npi'));
  }

  /** Redeems a code once, for one account. */
  redeem(npi: string, mac: string, accountId: string, now: number): Write {
    return change(
      this.#table,
      { npi, code: mac },
      { set: { redeemedAt: now, redeemedBy: accountId } },
      exists('role'),
      absent('redeemedAt'),
      absent('revokedAt'),
    );
  }

  revoke(npi: string, mac: string, now: number): Write {
    return change(
      this.#table,
      { npi, code: mac },
      { set: { revokedAt: now } },
      exists('role'),
      absent('redeemedAt'),
      absent('revokedAt'),
    );
  }
}
