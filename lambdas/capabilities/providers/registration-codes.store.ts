/** Providers and their registration codes, by NPI. */
import { change, create, type Database, put, type Write } from '../../ground/platform/database.ts';
import { recordIn } from '../../ground/platform/stored.rules.ts';
import type { Provider, RegistrationCode } from './registration-code.rules.ts';
import { redeem, revoke } from './registration-code.transitions.ts';
import type { KnownCodes, NewCode, RegistrationCodesPort } from './registration-codes.port.ts';

/** The row of a provider among its codes; no MAC looks like it. */
const PROVIDER = 'PROVIDER';

export class RegistrationCodesStore implements RegistrationCodesPort {
  readonly #database: Database;
  readonly #table: string;

  constructor(database: Database, table: string) {
    this.#database = database;
    this.#table = table;
  }

  async find(
    npi: string,
    mac: string,
  ): Promise<{ provider: Provider | undefined; code: RegistrationCode | undefined }> {
    const [provider, code] = await this.#database.readAll([
      { table: this.#table, key: { npi, code: PROVIDER } },
      { table: this.#table, key: { npi, code: mac } },
    ]);
    return {
      provider: provider === undefined ? undefined : recordIn<Provider>(provider, 'code'),
      code: code === undefined ? undefined : recordIn<RegistrationCode>(code),
    };
  }

  async list(npi: string): Promise<RegistrationCode[]> {
    const { items } = await this.#database.query({
      table: this.#table,
      partition: { name: 'npi', value: npi },
    });
    return items
      .filter(({ code }) => code !== PROVIDER)
      .map((item) => recordIn<RegistrationCode>(item))
      .sort((a, b) => b.issuedAt - a.issuedAt);
  }

  async known(
    npis: readonly string[],
    codes: readonly Pick<RegistrationCode, 'npi' | 'code'>[],
  ): Promise<KnownCodes> {
    const keys = [...npis.map((npi) => ({ npi, code: PROVIDER })), ...codes];
    if (keys.length === 0) return { providers: [], codes: [] };
    const wanted = keys.map(({ npi, code }) => ({ table: this.#table, key: { npi, code } }));
    const found = await this.#database.readAll(wanted);
    return {
      providers: found
        .slice(0, npis.length)
        .map((item) => item && recordIn<Provider>(item, 'code')),
      codes: found.slice(npis.length).map((item) => item && recordIn<RegistrationCode>(item)),
    };
  }

  async provider(npi: string): Promise<Provider | undefined> {
    const item = await this.#database.read(this.#table, { npi, code: PROVIDER });
    return item === undefined ? undefined : recordIn<Provider>(item, 'code');
  }

  saveProvider({ npi, name }: Provider): Write {
    return put(this.#table, { npi, code: PROVIDER, name });
  }

  issue({ npi, code, ...issued }: NewCode): Write {
    return create(this.#table, { npi, code }, issued);
  }

  redeem(npi: string, mac: string, accountId: string, now: number): Write {
    return change(this.#table, { npi, code: mac }, redeem(accountId, now));
  }

  revoke(npi: string, mac: string, now: number): Write {
    return change(this.#table, { npi, code: mac }, revoke(now));
  }
}
