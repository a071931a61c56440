/** The columns of an import file, and the names that other systems give them. */

/** For each column whether it is required, and its aliases in lower case without punctuation. */
export type Columns = Readonly<Record<string, { required: boolean; aliases: readonly string[] }>>;

/** The header does not fit, so that no row of the file can be read. */
export class HeaderFault extends Error {}

const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The column that a name in a file means. */
export function nameOf(written: string, columns: Columns): string | undefined {
  const name = plain(written);
  const found = Object.entries(columns).find(
    ([column, { aliases }]) => plain(column) === name || aliases.includes(name),
  );
  return found?.[0];
}

/**
 * The columns in the order of a header.
 * @throws HeaderFault that names everything that is wrong with it, once
 */
export function headerOf(cells: readonly string[], columns: Columns): string[] {
  const names = trimmedEnd(cells).map((cell) => ({ cell, name: nameOf(cell, columns) }));
  const unknown = names.flatMap(({ cell, name }) => (name === undefined ? [cell] : []));
  const known = names.flatMap(({ name }) => name ?? []);
  const missing = Object.entries(columns).flatMap(([name, { required }]) =>
    required && !known.includes(name) ? [name] : [],
  );
  const twice = [...new Set(known.filter((name, index) => known.indexOf(name) !== index))];
  const faults = [
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`has unknown columns: ${unknown.map(quoted).join(', ')}`] : []),
    ...(twice.length > 0 ? [`names ${twice.join(', ')} twice`] : []),
  ];
  if (faults.length === 0) return known;
  throw new HeaderFault(
    `The header ${faults.join('; ')}. The columns are ` +
      `${Object.keys(columns).map(shown).join(', ')}.`,
  );

  function shown(name: string): string {
    return columns[name]?.required === true ? name : `${name} (optional)`;
  }
}

/** What is quoted of a header may be anything, even a row with a password's hash. */
function quoted(cell: string): string {
  return `"${cell.length > 24 ? `${cell.slice(0, 24)}…` : cell}"`;
}

function trimmedEnd(cells: readonly string[]): readonly string[] {
  const last = cells.findLastIndex((cell) => cell !== '');
  return cells.slice(0, last + 1);
}

const required = (...aliases: string[]) => ({ required: true, aliases });
const optional = (...aliases: string[]) => ({ required: false, aliases });

export const ACCOUNT_COLUMNS = {
  username: required('user', 'userid', 'login', 'loginname', 'logon', 'portalusername'),
  firstName: required('first', 'givenname', 'forename', 'fname'),
  lastName: required('last', 'surname', 'familyname', 'lname', 'sn'),
  npi: required('npinumber', 'providernpi', 'nationalprovideridentifier'),
  passwordHash: optional('password', 'hash', 'pwhash', 'hashedpassword', 'encryptedpassword'),
  email: optional('emailaddress', 'mail'),
  role: optional('portalrole', 'userrole'),
  language: optional('lang', 'locale', 'preferredlanguage', 'languagecode'),
  legacyUsername: optional('legacylogin', 'oldusername', 'formerusername', 'oldlogin'),
} satisfies Columns;

export const CODE_COLUMNS = {
  npi: ACCOUNT_COLUMNS.npi,
  code: required('registrationcode', 'regcode'),
  role: ACCOUNT_COLUMNS.role,
  providerName: optional('provider', 'name', 'organization', 'organisation', 'practice'),
} satisfies Columns;
