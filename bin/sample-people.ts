/** The sample data of the local stack: providers with codes, imported users, active users. */
import { readSeed, type Seed, type SeedInput } from './seed-file.ts';

const ACTIVE_PASSWORD = 'Correct-Horse-9-Battery';
const CEDAR_GROVE = '1234567893';
const LAKESIDE = '1245319599';

const PROVIDERS: SeedInput['providers'] = [
  {
    npi: CEDAR_GROVE,
    name: 'Cedar Grove Family Medicine',
    registrationCodes: [{ code: 'CEDAR-7K4M-92QX' }, { code: 'CEDAR-3T8W-61LP' }],
  },
  {
    npi: LAKESIDE,
    name: 'Lakeside Orthopedics',
    registrationCodes: [{ code: 'LAKE-5J2R-88VN' }],
  },
];

const IMPORTED: SeedInput['importedUsers'] = [
  {
    username: 'jrivera',
    firstName: 'J.',
    lastName: 'Rivera',
    npi: CEDAR_GROVE,
    password: 'Portal-Pass-2024',
    email: 'jrivera@cedargrove.example',
  },
  {
    username: 'mchen',
    firstName: 'M.',
    lastName: 'Chen',
    npi: CEDAR_GROVE,
    password: 'Portal-Pass-2025',
  },
];

const ACTIVE: SeedInput['users'] = [
  {
    username: 'pphone',
    firstName: 'Pat',
    lastName: 'Phone',
    npi: CEDAR_GROVE,
    method: 'PHONE',
    email: 'pat.phone@cedargrove.example',
    phone: '+12025550143',
    password: ACTIVE_PASSWORD,
    acceptedTerms: true,
  },
  {
    username: 'eemail',
    firstName: 'Erin',
    lastName: 'Email',
    npi: CEDAR_GROVE,
    method: 'EMAIL',
    email: 'erin.email@cedargrove.example',
    password: ACTIVE_PASSWORD,
  },
  {
    username: 'aadmin',
    firstName: 'Ada',
    lastName: 'Admin',
    npi: CEDAR_GROVE,
    role: 'ADMIN',
    method: 'PHONE',
    email: 'ada.admin@cedargrove.example',
    phone: '+12025550144',
    password: ACTIVE_PASSWORD,
    acceptedTerms: true,
  },
  {
    username: 'ladmin',
    firstName: 'Lee',
    lastName: 'Admin',
    npi: LAKESIDE,
    role: 'ADMIN',
    method: 'EMAIL',
    email: 'lee.admin@lakeside.example',
    password: ACTIVE_PASSWORD,
    acceptedTerms: true,
  },
];

/** The sample people, as a seed. */
export const SAMPLE: Seed = sampleSeed();

function sampleSeed(): Seed {
  const read = readSeed({
    providers: PROVIDERS,
    importedUsers: IMPORTED,
    users: ACTIVE,
  });
  if ('seed' in read) return read.seed;
  throw new Error(`The sample data has faults: ${JSON.stringify(read.faults)}`);
}

/** What to print at start, a line each. */
export const SAMPLE_LINES: readonly string[] = [
  ...SAMPLE.providers.map(
    ({ npi, name, registrationCodes }) =>
      `NPI ${npi}  ${name}: registration codes ` +
      registrationCodes.map(({ code }) => code).join(', '),
  ),
  ...SAMPLE.importedUsers.map(
    ({ username, password, email }) =>
      `Current portal user  ${username} / ${password}  (on record: ${email ?? 'no e-mail'})`,
  ),
  ...SAMPLE.users.map(
    ({ username, email, phone, role, password }) =>
      `Active ${role === 'ADMIN' ? 'admin' : 'user'}  ${email} / ${password}  ` +
      `(${username}, ${phone ?? 'e-mail'})`,
  ),
];
