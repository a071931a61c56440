/**
 * Resolves CloudFormation's intrinsic functions to plain values.
 * An unknown function is an error: a guess could permit here what AWS refuses.
 */

/** What the intrinsics may look up; the template implements it. */
export interface Lookup {
  ref: (logicalId: string) => unknown;
  attribute: (logicalId: string, name: string) => unknown;
  condition: (name: string) => unknown;
  mapping: (name: string, first: string, second: string) => unknown;
}

/** Stands for `AWS::NoValue`: the property or list element that holds it disappears. */
export const NO_VALUE = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, lookup: Lookup) => unknown;

const INTRINSICS: Record<string, Intrinsic> = {
  Ref: (argument, lookup) => lookup.ref(asText(argument, 'Ref')),
  'Fn::GetAtt': (argument, lookup) => {
    const [logicalId, ...path] =
      typeof argument === 'string'
        ? argument.split('.')
        : asList(resolve(argument, lookup), 'Fn::GetAtt');
    return lookup.attribute(asText(logicalId, 'Fn::GetAtt'), path.join('.'));
  },
  'Fn::Sub': substitute,
  'Fn::Join': (argument, lookup) => {
    const [separator, parts] = asList(argument, 'Fn::Join');
    return asList(resolve(parts, lookup), 'Fn::Join')
      .map((part) => asText(part, 'Fn::Join'))
      .join(asText(separator, 'Fn::Join'));
  },
  'Fn::Select': (argument, lookup) => {
    const [index, from] = asList(argument, 'Fn::Select');
    const list = asList(resolve(from, lookup), 'Fn::Select');
    const position = Number(resolve(index, lookup));
    if (!(position in list))
      throw new Error(
        `Fn::Select has the index ${position} in a list of ${list.length}. ` +
          'Correct the index in the template.',
      );
    return list[position];
  },
  'Fn::Split': (argument, lookup) => {
    const [separator, text] = asList(argument, 'Fn::Split');
    return asText(resolve(text, lookup), 'Fn::Split').split(asText(separator, 'Fn::Split'));
  },
  'Fn::If': (argument, lookup) => {
    const [name, whenTrue, whenFalse] = asList(argument, 'Fn::If');
    return resolve(
      lookup.condition(asText(name, 'Fn::If')) === true ? whenTrue : whenFalse,
      lookup,
    );
  },
  'Fn::Equals': (argument, lookup) => {
    const [left, right] = asList(resolve(argument, lookup), 'Fn::Equals');
    return String(left) === String(right);
  },
  'Fn::Not': (argument, lookup) => !asConditions(argument, lookup, 'Fn::Not')[0],
  'Fn::And': (argument, lookup) => asConditions(argument, lookup, 'Fn::And').every(Boolean),
  'Fn::Or': (argument, lookup) => asConditions(argument, lookup, 'Fn::Or').some(Boolean),
  'Fn::FindInMap': (argument, lookup) => {
    const [name, first, second] = asList(resolve(argument, lookup), 'Fn::FindInMap').map((key) =>
      asText(key, 'Fn::FindInMap'),
    );
    return lookup.mapping(name ?? '', first ?? '', second ?? '');
  },
  'Fn::Base64': (argument, lookup) =>
    Buffer.from(asText(resolve(argument, lookup), 'Fn::Base64')).toString('base64'),
};

/**
 * Resolves a template value, however deep.
 * @throws Error on an unknown intrinsic function, naming it.
 */
export function resolve(value: unknown, lookup: Lookup): unknown {
  if (Array.isArray(value))
    return value
      .map((element) => resolve(element, lookup))
      .filter((element) => element !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const name = intrinsicName(entries);
  if (name !== undefined) return callIntrinsic(name, entries[0]?.[1], lookup);
  return Object.fromEntries(
    entries
      .map(([key, inner]) => [key, resolve(inner, lookup)] as const)
      .filter(([, inner]) => inner !== NO_VALUE),
  );
}

function intrinsicName(entries: [string, unknown][]): string | undefined {
  const name = entries.find(([key]) => key === 'Ref' || key.startsWith('Fn::'))?.[0];
  if (name !== undefined && entries.length > 1) {
    throw new Error(
      `${name} is beside other keys (${entries.map(([key]) => key).join(', ')}). ` +
        'An intrinsic function must be the only key of its object.',
    );
  }
  return name;
}

function callIntrinsic(name: string, argument: unknown, lookup: Lookup): unknown {
  const intrinsic = INTRINSICS[name];
  if (intrinsic === undefined) {
    throw new Error(
      `The template uses ${name}, which the local machine does not resolve. ` +
        `It resolves ${Object.keys(INTRINSICS).join(', ')}.`,
    );
  }
  return intrinsic(argument, lookup);
}

function substitute(argument: unknown, lookup: Lookup): string {
  const [text, variables] =
    typeof argument === 'string' ? [argument, {}] : asList(argument, 'Fn::Sub');
  const known = variables as Record<string, unknown>;
  return asText(text, 'Fn::Sub').replace(
    /\$\{(!?)([^}]+)\}/g,
    (whole, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      if (name in known) return asText(resolve(known[name], lookup), whole);
      const dot = name.indexOf('.');
      const found =
        dot < 0 ? lookup.ref(name) : lookup.attribute(name.slice(0, dot), name.slice(dot + 1));
      return asText(found, whole);
    },
  );
}

function asConditions(argument: unknown, lookup: Lookup, name: string): boolean[] {
  return asList(argument, name).map((element) => {
    const named = (element as { Condition?: unknown } | null)?.Condition;
    return (
      (typeof named === 'string' ? lookup.condition(named) : resolve(element, lookup)) === true
    );
  });
}

function asList(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${name} takes a list, not ${JSON.stringify(value)}.`);
  return value;
}

function asText(value: unknown, name: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new Error(`${name} takes a string, not ${JSON.stringify(value)}.`);
}
