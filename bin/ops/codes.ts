/** Imports registration codes from a file, issues random ones, and revokes them. */
import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { Npi, PortalRole } from '../../contract/accounts.ts';
import {
  CODE_ALPHABET,
  CODE_LENGTH,
  normalizeCode,
  showCode,
} from '../../lambdas/capabilities/providers/registration-code.rules.ts';
import { type ImportFile, importRows, reportImport } from './rows.ts';
import type { Target } from './target.ts';

const CodeRow = z.strictObject({
  npi: Npi,
  code: z
    .string()
    .refine((code) => normalizeCode(code).length >= 8, 'has fewer than 8 letters and digits'),
  role: PortalRole.default('STANDARD'),
  providerName: z.string().trim().min(1).max(120).optional(),
});

export function faultsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'row'}: ${message}`).join('; ');
}

/** Imports CSV or JSON Lines: npi, code, role?, providerName? (needed once for a new provider). */
export async function importCodes(target: Target, file: ImportFile): Promise<number> {
  const { codes } = target;
  const { dryRun } = file;
  const providers = new Set<string>();
  const report = await importRows({
    ...file,
    commit: (writes) => target.database.commit(writes),
    prepare: async ({ values }) => {
      const row = CodeRow.safeParse(values);
      if (!row.success) return { refused: faultsOf(row.error) };
      const { npi, code, role, providerName } = row.data;
      const provider = { npi, name: providerName };
      if (!providers.has(npi) && !(await providerExists(target, provider, dryRun)))
        return { refused: `npi ${npi}: this provider does not exist; add its providerName once` };
      providers.add(npi);
      const mac = dryRun ? normalizeCode(code) : await target.codeMac(npi, code);
      return {
        writes: [codes.issue(npi, mac, role, Date.now())],
        known: () => true,
        clash: 'code: exists already',
      };
    },
  });
  return reportImport(file, report);
}

/** Saves the provider if it is given with its name; otherwise looks it up. */
async function providerExists(
  { database, codes }: Target,
  { npi, name }: { npi: string; name: string | undefined },
  dryRun: boolean,
): Promise<boolean> {
  if (name === undefined) return (await codes.provider(npi)) !== undefined;
  if (!dryRun) await database.commit([codes.saveProvider({ npi, name })]);
  return true;
}

export interface CodesToIssue {
  npi: string;
  count: number;
  role: PortalRole;
  /** The provider's name, if it is new or has changed. */
  name?: string | undefined;
}

/** Makes codes and prints each once. The table stores only their MACs. */
export async function issueCodes(
  target: Target,
  { npi, count, role, name }: CodesToIssue,
): Promise<number> {
  const checked = Npi.safeParse(npi);
  if (!checked.success) throw new Error(`--npi ${npi}: ${faultsOf(checked.error)}`);
  if (!(await providerExists(target, { npi, name }, false)))
    throw new Error(`No provider has the NPI ${npi}. Add its name with --name.`);
  for (let issued = 0; issued < count; issued += 1) {
    const code = Array.from(
      { length: CODE_LENGTH },
      () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)],
    ).join('');
    await target.database.commit([
      target.codes.issue(npi, await target.codeMac(npi, code), role, Date.now()),
      target.audit.write(
        { accountId: `PROVIDER#${npi}`, event: 'CODES_ISSUED', outcome: role, actor: 'OPERATOR' },
        Date.now(),
      ),
    ]);
    console.log(showCode(code));
  }
  return 0;
}

export async function revokeCode(target: Target, npi: string, code: string): Promise<number> {
  const result = await target.database.commit([
    target.codes.revoke(npi, await target.codeMac(npi, code), Date.now()),
    target.audit.write(
      { accountId: `PROVIDER#${npi}`, event: 'CODES_REVOKED', actor: 'OPERATOR' },
      Date.now(),
    ),
  ]);
  if (result.done) return 0;
  console.error('This provider has no such open code: it is wrong, redeemed, or revoked already.');
  return 3;
}
