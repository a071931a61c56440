/**
 * Writes packages/auth-client/src/wire.ts: what the auth client needs of `contract/`, without zod.
 * The types are those that TypeScript infers from the schemas, written out, so that whoever
 * installs the package needs no schema library. `npm run auth-client` runs it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { ROUTES } from '../contract/routes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
export const WIRE_FILE = `${root}packages/auth-client/src/wire.ts`;

/** Types of the contract that the client names, by their module. */
const NAMED: Record<string, readonly string[]> = {
  accounts: ['LoginMethod', 'PortalRole', 'AccountStatus'],
  challenges: [
    'Factor',
    'SignInFactor',
    'Reason',
    'DevicePublicKey',
    'PasskeyAssertion',
    'ChooseFactorParameters',
    'UsePasskeyParameters',
    'EnterCodeParameters',
    'EnterRecoveryCodeParameters',
    'ConfirmCallParameters',
    'AcceptTermsParameters',
    'RegistrationIncompleteParameters',
    'ChallengeParameters',
  ],
  flows: [
    'Channel',
    'CallStatus',
    'CallView',
    'ChangeStarted',
    'Registration',
    'PasswordReset',
    'AccountDetails',
  ],
  'help-desk': [
    'Person',
    'PersonPage',
    'HelpfulAct',
    'ApprovalDecision',
    'ExplanationView',
    'ApprovalNeeded',
    'Approvals',
    'ProviderView',
    'CodesIssued',
  ],
  languages: ['Language'],
  passkeys: ['PasskeyCreation', 'PasskeyView'],
  portal: ['Me', 'RememberedDevice', 'ManagedUser', 'UserEventPage', 'Terms'],
  problems: ['ProblemCode', 'FieldFault'],
};

const PROBE = `${root}contract/auth-client-wire-probe.ts`;

function probeText(): string {
  const imports = Object.entries(NAMED).map(
    ([module, names]) => `import type { ${names.join(', ')} } from './${module}.ts';`,
  );
  const named = Object.values(NAMED)
    .flat()
    .map((name) => `${name}: ${name};`);
  return `${imports.join('\n')}
import type * as z from 'zod';
import type { ROUTES } from './routes.ts';
type Table = typeof ROUTES;
type In<S> = S extends z.ZodType ? z.input<S> : undefined;
export interface Named { ${named.join(' ')} }
export type Wire = { [N in keyof Table]: {
  body: Table[N] extends { body: infer S } ? In<S> : undefined;
  query: Table[N] extends { query: infer S } ? In<S> : undefined;
  answer:
    | (Table[N]['answer'] extends { schema: infer S extends z.ZodType } ? z.output<S> : undefined)
    | (Table[N] extends { mayNeedApproval: true } ? ApprovalNeeded : never);
} };`;
}

/** The text of the module. */
export async function wireText(): Promise<string> {
  const { checker, typeOf } = program();
  const print = (type: ts.Type): string => printed(checker, type);
  const membersOf = (name: string): [string, ts.Type][] =>
    checker
      .getPropertiesOfType(typeOf(name))
      .map((property) => [property.name, checker.getTypeOfSymbol(property)]);
  const named = membersOf('Named').map(([name, type]) => `export type ${name} = ${print(type)};`);
  const wire = membersOf('Wire').map(([name, type]) => `${name}: ${print(type)};`);
  const table = Object.entries(ROUTES).map(
    ([name, { method, path, answer, ...more }]) =>
      `${name}: { method: '${method}', path: '${path}', answers: ${'schema' in answer}` +
      `${'idempotencyKey' in more ? ', repeats: true' : ''} },`,
  );
  const text = `/* oxlint-disable max-lines -- generated */
/** Generated from contract/ by \`npm run auth-client\`: do not edit. */
${named.join('\n\n')}

/** What each route takes and answers. */
export interface Wire { ${wire.join('\n')} }

export type RouteName = keyof Wire;

export interface Route {
  method: string;
  path: string;
  /** Whether it answers with a body. */
  answers: boolean;
  /** Whether a request may be sent again with the same \`Idempotency-Key\`. */
  repeats?: true;
}

export const ROUTES: Record<RouteName, Route> = {
${table.join('\n')}
};

${deviceSignature()}`;
  return await format(text, { ...(await resolveConfig(WIRE_FILE)), parser: 'typescript' });
}

/** What a remembered device signs, as the contract says it. */
function deviceSignature(): string {
  const text = readFileSync(`${root}contract/device-signature.ts`, 'utf8');
  return text.slice(text.indexOf('/**'));
}

/** A program over the contract and a probe that is in memory only. */
function program(): { checker: ts.TypeChecker; typeOf: (name: string) => ts.Type } {
  const settings = ts.readConfigFile(`${root}tsconfig.json`, (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(settings.config as object, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.readFile = (file) => (file === PROBE ? probeText() : read(file));
  host.fileExists = (file) => file === PROBE || exists(file);
  const source = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version, ...rest) =>
    file === PROBE
      ? ts.createSourceFile(file, probeText(), version)
      : source(file, version, ...rest);
  const built = ts.createProgram([PROBE], options, host);
  const checker = built.getTypeChecker();
  const file = built.getSourceFile(PROBE);
  const module = file && checker.getSymbolAtLocation(file);
  const typeOf = (name: string): ts.Type => {
    const symbol = module?.exports?.get(ts.escapeLeadingUnderscores(name));
    if (symbol === undefined) throw new Error(`The probe exports no ${name}.`);
    return checker.getDeclaredTypeOfSymbol(symbol);
  };
  return { checker, typeOf };
}

/** A type written out: no name in it refers to another module. */
function printed(checker: ts.TypeChecker, type: ts.Type): string {
  const print = (one: ts.Type): string => printed(checker, one);
  if (type.isUnion() && !(type.flags & ts.TypeFlags.Boolean)) return unionOf(type.types.map(print));
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    return element === undefined ? 'unknown[]' : `(${print(element)})[]`;
  }
  if (!(type.flags & ts.TypeFlags.Object)) return checker.typeToString(type);
  const members = checker.getPropertiesOfType(type).map((property) => {
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const text = print(checker.getTypeOfSymbol(property));
    // What JSON leaves out is absent, and never undefined.
    return isOptional
      ? `${property.name}?: ${text.replace(/\bundefined \| /, '')};`
      : `${property.name}: ${text};`;
  });
  return members.length === 0 ? 'Record<string, never>' : `{ ${members.join(' ')} }`;
}

/** `true` and `false` are separate members of a union; so is `undefined` of an optional member. */
function unionOf(texts: string[]): string {
  const isBoolean = texts.includes('true') && texts.includes('false');
  const rest = isBoolean ? texts.filter((text) => text !== 'true' && text !== 'false') : texts;
  return [...new Set(isBoolean ? [...rest, 'boolean'] : rest)].join(' | ');
}

/** True if the file is what the contract says now. */
export async function isWireCurrent(): Promise<boolean> {
  return readFileSync(WIRE_FILE, 'utf8') === (await wireText());
}

if (import.meta.main) writeFileSync(WIRE_FILE, await wireText());
