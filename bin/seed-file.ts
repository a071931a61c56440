/** The shape of a seed: providers, imported portal users and registered users. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import {
  EmailAddress,
  LoginMethod,
  Npi,
  PersonName,
  PortalRole,
  Username,
} from '../contract/accounts.ts';
import { parseImportedHash } from '../lambdas/capabilities/passwords/imported-password.rules.ts';

const Password = z.string().min(8).max(256);
const Phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'is not a phone number in E.164 format');
const role = PortalRole.default('STANDARD');

const Provider = z.strictObject({
  npi: Npi,
  name: z.string().min(1),
  registrationCodes: z.array(z.strictObject({ code: z.string().min(1), role })).default([]),
});

const Person = z.strictObject({
  username: Username,
  firstName: PersonName,
  lastName: PersonName,
  npi: Npi,
  role,
});

const ImportedUser = Person.extend({
  password: Password.optional(),
  passwordHash: z
    .string()
    .refine((hash) => parseImportedHash(hash) !== undefined, 'is not in a format that is imported')
    .optional(),
  email: EmailAddress.optional(),
}).refine(({ password, passwordHash }) => password === undefined || passwordHash === undefined, {
  path: ['passwordHash'],
  error: 'is given beside a password; give one of the two',
});

const User = Person.extend({
  method: LoginMethod,
  email: EmailAddress,
  phone: Phone.optional(),
  password: Password,
  acceptedTerms: z.boolean().default(false),
}).refine(({ method, phone }) => (method === 'PHONE') === (phone !== undefined), {
  path: ['phone'],
  error: 'belongs to the method PHONE, and only to it',
});

const SeedFile = z
  .strictObject({
    providers: z.array(Provider).default([]),
    importedUsers: z.array(ImportedUser).default([]),
    users: z.array(User).default([]),
  })
  .superRefine((seed, context) => {
    for (const fault of repetitions(seed)) context.addIssue({ code: 'custom', ...fault });
  });

/** A seed as a file has it: what may be left out is optional. */
export type SeedInput = z.input<typeof SeedFile>;
export type Seed = z.infer<typeof SeedFile>;

/** A value of a seed that cannot be loaded. */
export interface SeedFault {
  /** Such as `users[0].email`. */
  path: string;
  message: string;
}

/** Reads a seed. @returns every fault of a value that is not one */
export function readSeed(value: unknown): { seed: Seed } | { faults: SeedFault[] } {
  const parsed = SeedFile.safeParse(value);
  if (parsed.success) return { seed: parsed.data };
  return {
    faults: parsed.error.issues.map(({ path, message }) => ({ path: pathText(path), message })),
  };
}

/**
 * Reads the file of `--seed`.
 * @throws Error naming the file and each fault
 */
export async function readSeedFile(file: string): Promise<unknown> {
  const value = await readJson(file);
  const read = readSeed(value);
  if ('seed' in read) return value;
  throw new Error(`The seed file ${file} has faults: ${faultsText(read.faults)}`);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(
      `The seed file ${file} cannot be read: ${(error as Error).message}. ` +
        'Set --seed to a JSON file.',
      { cause: error },
    );
  }
}

/** Faults on one line. */
export function faultsText(faults: readonly SeedFault[]): string {
  return faults.map(({ path, message }) => `${path || 'the whole'}: ${message}`).join('; ');
}

/** Every name in a seed that belongs to one person only, with its path. */
export function namesOf(seed: Pick<Seed, 'importedUsers' | 'users'>): {
  usernames: { path: PropertyKey[]; value: string }[];
  emails: { path: PropertyKey[]; value: string }[];
} {
  const of = (list: 'importedUsers' | 'users', member: 'username' | 'email') =>
    seed[list].flatMap((person, index) => {
      const value = person[member];
      return value === undefined ? [] : [{ path: [list, index, member], value }];
    });
  return {
    usernames: [...of('importedUsers', 'username'), ...of('users', 'username')],
    emails: of('users', 'email'),
  };
}

/** `users[0].email`, as people write it. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function repetitions(seed: Seed): { path: PropertyKey[]; message: string }[] {
  const { usernames, emails } = namesOf(seed);
  return [usernames, emails].flatMap((names) => {
    const seen = new Set<string>();
    return names.flatMap(({ path, value }) => {
      if (seen.has(value)) return [{ path, message: `${value} occurs twice in the seed` }];
      seen.add(value);
      return [];
    });
  });
}
