/** Imports registration codes from a file, issues random ones, lists and revokes them. */
import * as z from 'zod';
import { Npi, PortalRole } from '../../contract/accounts.ts';
import {
  codeIdOf,
  normalizeCode,
  type RegistrationCode,
  showCode,
  statusOfCode,
} from '../../lambdas/capabilities/providers/registration-code.rules.ts';
import { newRegistrationCode } from '../../lambdas/capabilities/providers/new-registration-code.ts';
import { definite } from '../../lambdas/ground/platform/definite.rules.ts';
import { faultsOf, npiOf } from './faults.ts';
import { CODE_COLUMNS } from './import/columns.ts';
import type { ImportKind, Plan } from './import/run.ts';
import { Seen } from './import/seen.ts';
import { EXIT, NotFound, type Output, Refusal, UsageFault } from './output.ts';
import type { Target } from './target.ts';

const CodeRow = z.strictObject({
  npi: z.preprocess(npiOf, Npi),
  code: z
    .string()
    .max(64)
    .refine((code) => normalizeCode(code).length >= 8, 'has fewer than 8 letters and digits'),
  role: z.preprocess(
    (role) => (typeof role === 'string' ? role.trim().toUpperCase() : role),
    PortalRole.default('STANDARD'),
  ),
  providerName: z.string().trim().min(1).max(120).optional(),
});
type CodeRow = z.infer<typeof CodeRow>;

const eventOf = (npi: string, outcome: string) =>
  ({ accountId: `PROVIDER#${npi}`, event: 'CODES_ISSUED', outcome, actor: 'OPERATOR' }) as const;

/** How codes are imported; `update` changes the names of providers that differ. */
export function codeImport(
  target: Target,
  { update, dryRun }: { update: boolean; dryRun: boolean },
): ImportKind<CodeRow> {
  const seen = new Seen();
  /** The name of each provider that the file gives one. */
  const names = new Map<string, string>();
  return {
    name: 'CODES',
    columns: CODE_COLUMNS,
    nameOf: ({ npi }) => npi,
    read(values, line) {
      const row = CodeRow.safeParse(values);
      if (!row.success) return { decided: { outcome: 'refused', detail: faultsOf(row.error) } };
      const { npi, code, providerName } = row.data;
      if (providerName !== undefined && !names.has(npi)) names.set(npi, providerName);
      const key = { field: 'code', name: `${npi} ${normalizeCode(code)}` };
      const again = seen.again(key, line, values);
      return again === undefined ? row.data : { decided: again, name: npi };
    },
    async plan(rows) {
      const macs = await Promise.all(rows.map(({ npi, code }) => target.codeMac(npi, code)));
      const npis = [...new Set(rows.map(({ npi }) => npi))];
      const known = await target.codes.known(
        npis,
        rows.map(({ npi }, index) => ({ npi, code: macs[index] ?? '' })),
      );
      const stored = new Map(npis.map((npi, index) => [npi, known.providers[index]?.name]));
      if (!dryRun) await saveProviders(target, { npis, stored, names, update });
      return rows.map((row, index) =>
        planOf(target, row, {
          mac: macs[index] ?? '',
          code: known.codes[index],
          storedName: stored.get(row.npi),
          fileName: names.get(row.npi),
          update,
        }),
      );
    },
  };
}

interface Providers {
  npis: readonly string[];
  stored: ReadonlyMap<string, string | undefined>;
  names: ReadonlyMap<string, string>;
  update: boolean;
}

/** Saves providers that are new or, with `update`, have another name. */
async function saveProviders(
  { database, codes }: Target,
  { npis, stored, names, update }: Providers,
): Promise<void> {
  const writes = npis.flatMap((npi) => {
    const [name, former] = [names.get(npi), stored.get(npi)];
    const isWanted = name !== undefined && (former === undefined || (update && former !== name));
    return isWanted ? [codes.saveProvider({ npi, name })] : [];
  });
  if (writes.length > 0) await database.commit(writes);
}

interface KnownCode {
  mac: string;
  code: RegistrationCode | undefined;
  storedName: string | undefined;
  fileName: string | undefined;
  update: boolean;
}

function planOf(
  { codes, audit }: Target,
  { npi, role, providerName }: CodeRow,
  { mac, code, storedName, fileName, update }: KnownCode,
): Plan {
  if (storedName === undefined && fileName === undefined)
    return {
      outcome: 'refused',
      detail: `npi ${npi}: this provider does not exist; add its providerName once`,
    };
  if (code !== undefined && statusOfCode(code) === 'REVOKED')
    return { outcome: 'refused', detail: 'code: was revoked; issue another one' };
  const name = storedName ?? fileName;
  const renames = providerName !== undefined && providerName !== name && !update;
  if (code !== undefined) {
    const fields = [...(code.role === role ? [] : ['role']), ...(renames ? ['providerName'] : [])];
    if (fields.length > 0) return { outcome: 'different', detail: fields.join(', ') };
    return statusOfCode(code) === 'REDEEMED'
      ? { outcome: 'same', detail: 'redeemed already' }
      : { outcome: 'same' };
  }
  if (renames)
    return { outcome: 'different', detail: `providerName (the provider's name is ${name})` };
  const now = Date.now();
  return {
    outcome: 'written',
    writes: [
      codes.issue({ npi, code: mac, role, issuedAt: now }),
      audit.write(eventOf(npi, role), now),
    ],
  };
}

export interface CodesToIssue {
  npi: string;
  count: number;
  role: PortalRole;
  /** The provider's name, if it is new or has changed. */
  name?: string | undefined;
}

/** @throws UsageFault */
export function checkedNpi(npi: string): string {
  const checked = Npi.safeParse(npi);
  if (!checked.success) throw new UsageFault(`NPI ${npi}: ${faultsOf(checked.error)}`);
  return checked.data;
}

/** Makes codes and prints each once. The table stores only their MACs. */
export async function issueCodes(
  target: Target,
  { npi, count, role, name }: CodesToIssue,
  output: Output,
): Promise<void> {
  if (name !== undefined) await target.database.commit([target.codes.saveProvider({ npi, name })]);
  else if ((await target.codes.provider(npi)) === undefined)
    throw new NotFound(`No provider has the NPI ${npi}. Add its name with --name.`);
  const issued: string[] = [];
  for (let made = 0; made < count; made += 1) {
    const code = newRegistrationCode();
    const mac = await target.codeMac(npi, code);
    await target.database.commit([
      target.codes.issue({ npi, code: mac, role, issuedAt: Date.now() }),
      target.audit.write(eventOf(npi, role), Date.now()),
    ]);
    issued.push(showCode(code));
  }
  output.result({ npi, role, codes: issued }, issued.join('\n'));
}

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

/** Lists a provider's codes by their IDs; the codes themselves are kept nowhere. */
export async function listCodes(target: Target, npi: string, output: Output): Promise<void> {
  const provider = await target.codes.provider(npi);
  if (provider === undefined) throw new NotFound(`No provider has the NPI ${npi}.`);
  const codes = await Promise.all(
    (await target.codes.list(npi)).map(async (code) =>
      definite({
        codeId: codeIdOf(code),
        status: statusOfCode(code),
        role: code.role,
        issuedAt: iso(code.issuedAt),
        revokedAt: iso(code.revokedAt),
        redeemedAt: iso(code.redeemedAt),
        redeemedBy:
          code.redeemedBy === undefined
            ? undefined
            : (await target.accounts.get(code.redeemedBy))?.username,
      }),
    ),
  );
  const lines = codes.map(({ codeId, status, role, issuedAt, redeemedBy = '' }) =>
    [codeId, status.padEnd(8), role.padEnd(8), issuedAt, redeemedBy].join('  ').trimEnd(),
  );
  output.result({ ...provider, codes }, [`${npi}  ${provider.name}`, ...lines].join('\n'));
}

/** Shows a provider: its codes by status, its users by status, and who its admins are. */
export async function showProvider(target: Target, npi: string, output: Output): Promise<void> {
  const provider = await target.codes.provider(npi);
  if (provider === undefined) throw new NotFound(`No provider has the NPI ${npi}.`);
  const codes = countOf((await target.codes.list(npi)).map(statusOfCode));
  const statuses: string[] = [];
  const admins: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await target.accounts.ofProvider({ npi, search: '', after, size: 100 });
    for (const { status, role, username } of page.accounts) {
      statuses.push(status);
      if (role === 'ADMIN') admins.push(username);
    }
    after = page.last;
    if (after === undefined) break;
  }
  output.result({ ...provider, users: countOf(statuses), admins, registrationCodes: codes });
}

function countOf(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** Revokes one code, or every code of a provider that is still open. */
export async function revokeCodes(
  target: Target,
  { npi, code, all }: { npi: string; code?: string | undefined; all: boolean },
  output: Output,
): Promise<number> {
  if ((code === undefined) === !all) throw new UsageFault('Give either --code or --all.');
  const macs =
    code === undefined
      ? (await target.codes.list(npi))
          .filter((one) => statusOfCode(one) === 'OPEN')
          .map((one) => one.code)
      : [await target.codeMac(npi, code)];
  let revoked = 0;
  for (const mac of macs) {
    const now = Date.now();
    const result = await target.database.commit([
      target.codes.revoke(npi, mac, now),
      target.audit.write(
        { accountId: `PROVIDER#${npi}`, event: 'CODES_REVOKED', actor: 'OPERATOR' },
        now,
      ),
    ]);
    if (result.done) revoked += 1;
  }
  if (revoked === 0 && code !== undefined)
    throw new Refusal(
      'This provider has no such open code: it is wrong, redeemed, or revoked already.',
    );
  output.result({ npi, revoked }, `${revoked} revoked`);
  return EXIT.done;
}
