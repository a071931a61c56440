/** A crowd of people of every kind; what each may do next is in `acts.ts`. */
import type { SeedInput } from '../../bin/seed-file.ts';
import type { Authenticator } from '../journeys/clients/authenticator.ts';
import type { BrowserDevice } from '../journeys/clients/browser-device.ts';
import { PASSWORD } from '../journeys/clients/machine.ts';

export interface Member {
  kind: 'IMPORTED' | 'REGISTERED' | 'NEW';
  username: string;
  email: string;
  phone: string;
  method: 'PHONE' | 'EMAIL';
  /** Passwords that may be right, the likeliest first: of a change whose answer was lost, both. */
  passwords: string[];
  tokens?: { access: string; refresh: string };
  /** Browsers that may be remembered, passkeys that may be registered, and codes not typed yet. */
  browsers: BrowserDevice[];
  passkeys: Authenticator[];
  recoveryCodes: string[];
  /** Access tokens that an acknowledged act has ended. */
  ended: string[];
  /** Sign-ins that were acknowledged, and answers that may have brought one. */
  signIns: { acknowledged: number; asked: number };
  /** The registration code of a newcomer. */
  code?: string;
}

/** The provider of the crowd. */
export const NPI = '1730000019';
export const ADMIN = 'soakadmin@seeded.example';
export const IMPORTED_PASSWORD = 'Portal-Pass-2024';

export interface Sizes {
  registered: number;
  imported: number;
  newcomers: number;
}

/** People of one provider. Two newcomers each have the same registration code. */
export function crowdOf({ registered, imported, newcomers }: Sizes): Member[] {
  const members: Member[] = [];
  const add = (kind: Member['kind'], count: number): void => {
    for (let number = 0; number < count; number += 1) {
      const at = String(members.length).padStart(2, '0');
      members.push({
        kind,
        username: `soak${at}`,
        email: `soak${at}@seeded.example`,
        phone: `+1212555${String(100 + members.length).padStart(4, '0')}`,
        method: number % 2 === 0 ? 'PHONE' : 'EMAIL',
        passwords: [kind === 'REGISTERED' ? PASSWORD : IMPORTED_PASSWORD],
        browsers: [],
        passkeys: [],
        recoveryCodes: [],
        ended: [],
        signIns: { acknowledged: 0, asked: 0 },
        ...(kind === 'NEW'
          ? { code: `SOAK-${String(Math.floor(number / 2)).padStart(4, '0')}` }
          : {}),
      });
    }
  };
  add('REGISTERED', registered);
  add('IMPORTED', imported);
  add('NEW', newcomers);
  return members;
}

/** The crowd as `POST /_local/seed` takes it. */
export function seedOf(crowd: readonly Member[]): SeedInput {
  const names = { firstName: 'Soak', lastName: 'Ed', npi: NPI };
  const person = ({ username }: Member) => ({ username, ...names });
  const registered = crowd.filter(({ kind }) => kind === 'REGISTERED');
  const imported = crowd.filter(({ kind }) => kind === 'IMPORTED');
  const codes = new Set(crowd.flatMap(({ code }) => code ?? []));
  return {
    providers: [
      {
        npi: NPI,
        name: 'Soaked Practice',
        registrationCodes: [...codes].map((code) => ({ code })),
      },
    ],
    importedUsers: imported.map((member) => ({
      ...person(member),
      email: member.email,
      password: IMPORTED_PASSWORD,
    })),
    users: [
      ...registered.map((member) => ({
        ...person(member),
        email: member.email,
        method: member.method,
        password: PASSWORD,
        acceptedTerms: true,
        ...(member.method === 'PHONE' ? { phone: member.phone } : {}),
      })),
      {
        username: 'soakadmin',
        ...names,
        role: 'ADMIN',
        method: 'EMAIL',
        email: ADMIN,
        password: PASSWORD,
        acceptedTerms: true,
      },
    ],
  };
}
