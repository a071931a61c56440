/**
 * Registration codes that the help desk issues and revokes. A code is shown once, and never again.
 */
import { Npi } from '../../../contract/accounts.ts';
import type { CodesIssued, IssueCodes, ProviderView } from '../../../contract/help-desk.ts';
import { newRegistrationCode } from '../../capabilities/providers/new-registration-code.ts';
import {
  codeIdOf,
  registrationCodeMessage,
  showCode,
  statusOfCode,
} from '../../capabilities/providers/registration-code.rules.ts';
import { type DeskCaller, counted, type DeskDeps, deskActOf, type DeskRefusal } from './desk.ts';

/** The NPI of a path, or the refusal of one that cannot be one. */
export function npiIn(path: string): { npi: string } | DeskRefusal {
  const checked = Npi.safeParse(path);
  if (checked.success) return { npi: checked.data };
  const detail = `The NPI ${checked.error.issues[0]?.message ?? 'is not valid'}.`;
  return { refused: 'NPI_INVALID', detail };
}

const iso = (ms: number) => new Date(ms).toISOString();

export async function showProvider(
  deps: DeskDeps,
  caller: DeskCaller,
  npi: string,
): Promise<ProviderView | DeskRefusal> {
  const event = { accountId: `EMPLOYEE#${caller.employeeId}`, event: 'PEOPLE_SOUGHT' } as const;
  const refusal = await counted(deps, caller, 'HELP_DESK_LOOK', [
    deps.audit.write({ ...event, outcome: 'PROVIDER', ...deskActOf(caller) }, deps.now()),
  ]);
  if (refusal !== undefined) return refusal;
  const [provider, codes] = await Promise.all([deps.codes.provider(npi), deps.codes.list(npi)]);
  if (provider === undefined) return { refused: 'NOT_FOUND' };
  return {
    ...provider,
    registrationCodes: codes.map((code) => ({
      codeId: codeIdOf(code),
      role: code.role,
      status: statusOfCode(code),
      issuedAt: iso(code.issuedAt),
      issuedBy: code.issuedBy ?? 'OPERATOR',
    })),
  };
}

/** All codes of a request are issued, or none. */
export async function issueCodes(
  deps: DeskDeps,
  caller: DeskCaller,
  npi: string,
  { count, role, providerName, reason }: IssueCodes,
): Promise<CodesIssued | DeskRefusal> {
  const provider = await deps.codes.provider(npi);
  const name = providerName ?? provider?.name;
  if (name === undefined)
    return { refused: 'NOT_FOUND', detail: 'This provider is new. Give its name with the codes.' };
  const codes = Array.from({ length: count }, newRegistrationCode);
  const macs = await Promise.all(
    codes.map((code) => deps.mac.mac(registrationCodeMessage(npi, code))),
  );
  const now = deps.now();
  const event = { accountId: `PROVIDER#${npi}`, event: 'CODES_ISSUED', outcome: role } as const;
  const refusal = await counted(deps, caller, 'HELP_DESK_ACT', [
    ...(name === provider?.name ? [] : [deps.codes.saveProvider({ npi, name })]),
    ...macs.map((code) =>
      deps.codes.issue({ npi, code, role, issuedAt: now, issuedBy: caller.employeeId }),
    ),
    deps.audit.write({ ...event, count, ...deskActOf(caller, reason) }, now),
  ]);
  if (refusal !== undefined) return refusal;
  return {
    codes: codes.map((code, index) => ({
      codeId: codeIdOf({ code: macs[index] ?? '' }),
      code: showCode(code),
    })),
  };
}

export async function revokeCode(
  deps: DeskDeps,
  caller: DeskCaller,
  { npi, codeId }: { npi: string; codeId: string },
  { reason }: { reason: string },
): Promise<DeskRefusal | undefined> {
  const code = (await deps.codes.list(npi)).find((one) => codeIdOf(one) === codeId);
  if (code === undefined) return { refused: 'NOT_FOUND' };
  const now = deps.now();
  const event = { accountId: `PROVIDER#${npi}`, event: 'CODES_REVOKED', outcome: codeId } as const;
  return counted(deps, caller, 'HELP_DESK_ACT', [
    deps.codes.revoke(npi, code.code, now),
    deps.audit.write({ ...event, ...deskActOf(caller, reason) }, now),
  ]);
}
