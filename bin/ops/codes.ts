/** Registration codes: imported from a file, issued at random, revoked. */
import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { Npi, PortalRole } from '../../contract/accounts.ts';
import {
  CODE_ALPHABET,
  CODE_LENGTH,
  normalizeCode,
  showCode,
} from '../../lambdas/capabilities/providers/registration-code.rules.ts';
import { importRows, tell } from './rows.ts';
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

/** CSV or JSON Lines with npi, code, role (optional), providerName (needed once for a new provider). */
export async function importCodes(
  target: Target,
  file: string,
  dryRun: boolean,
  progress: boolean,
): Promise<number> {
  const { codes } = target;
  const providers = new Set<string>();
  const report = await importRows({
    file,
    dryRun,
    progress,
    commit: (writes) => target.database.commit(writes),
    prepare: async ({ values }) => {
      const row = CodeRow.safeParse(values);
      if (!row.success) return { refused: faultsOf(row.error) };
      const { npi, code, role, providerName } = row.data;
      if (!(await knowsProvider(target, providers, npi, providerName, dryRun)))
        return { refused: `npi ${npi}: no such provider; give its providerName once` };
      const mac = dryRun ? normalizeCode(code) : await target.codeMac(npi, code);
      return {
        writes: [codes.issue(npi, mac, role, Date.now())],
        known: () => true,
        clash: 'is there already',
      };
    },
  });
  return tell(file, report, dryRun);
}

async function knowsProvider(
  target: Target,
  known: Set<string>,
  npi: string,
  name: string | undefined,
  dryRun: boolean,
): Promise<boolean> {
  if (known.has(npi)) return true;
  if (name !== undefined && !dryRun)
    await target.database.commit([target.codes.saveProvider({ npi, name })]);
  const exists = name !== undefined || (await target.codes.provider(npi)) !== undefined;
  if (exists) known.add(npi);
  return exists;
}

/** Makes codes and prints them, once: the table has their MACs only. */
export async function issueCodes(
  target: Target,
  npi: string,
  count: number,
  role: PortalRole,
  name?: string,
): Promise<number> {
  const checked = Npi.safeParse(npi);
  if (!checked.success) throw new Error(`--npi ${npi}: ${faultsOf(checked.error)}`);
  if (!(await knowsProvider(target, new Set(), npi, name, false)))
    throw new Error(`No provider has NPI ${npi}: give its name with --name.`);
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
  console.error(
    'No open code of this provider is the one given: it is wrong, redeemed, or revoked already.',
  );
  return 3;
}
