/**
 * Validates bodies against the part of JSON Schema that the stack's API Gateway models use.
 * An unknown keyword is an error at start.
 */

export type Validate = (value: unknown) => boolean;

type Schema = Record<string, unknown>;

const IGNORED = new Set(['$schema', 'title', 'description', 'id']);

const KEYWORDS: Record<string, (argument: unknown) => Validate> = {
  type: (types) => {
    const wanted = Array.isArray(types) ? types.map(String) : [String(types)];
    return (value) => wanted.some((type) => hasType(value, type));
  },
  enum: (values) => (value) => (values as unknown[]).includes(value),
  required: (names) => (value) =>
    !isObject(value) || (names as string[]).every((name) => Object.hasOwn(value, name)),
  properties: (properties) => {
    const validators = Object.entries(properties as Record<string, Schema>).map(
      ([name, schema]) => [name, compileModel(schema)] as const,
    );
    return (value) =>
      !isObject(value) ||
      validators.every(([name, validate]) => !Object.hasOwn(value, name) || validate(value[name]));
  },
  items: (schema) => {
    const validate = compileModel(schema as Schema);
    return (value) => !Array.isArray(value) || value.every(validate);
  },
  pattern: (source) => {
    const expression = new RegExp(String(source), 'u');
    return (value) => typeof value !== 'string' || expression.test(value);
  },
  minLength: (length) => (value) =>
    typeof value !== 'string' || [...value].length >= Number(length),
  maxLength: (length) => (value) =>
    typeof value !== 'string' || [...value].length <= Number(length),
  maxItems: (length) => (value) => !Array.isArray(value) || value.length <= Number(length),
};

/** @throws Error naming a keyword that this validator does not evaluate */
export function compileModel(schema: Schema): Validate {
  const checks = Object.entries(schema)
    .filter(([keyword]) => !IGNORED.has(keyword) && keyword !== 'additionalProperties')
    .map(([keyword, argument]) => {
      const make = KEYWORDS[keyword];
      if (make === undefined)
        throw new Error(
          `An API Gateway model uses the JSON Schema keyword ${keyword}, which the local machine ` +
            `does not evaluate. It evaluates ${Object.keys(KEYWORDS).join(', ')}.`,
        );
      return make(argument);
    });
  if ('additionalProperties' in schema) checks.push(onlyKnown(schema));
  return (value) => checks.every((check) => check(value));
}

function onlyKnown({ additionalProperties, properties }: Schema): Validate {
  if (typeof additionalProperties !== 'boolean')
    throw new Error(
      'An API Gateway model has a schema for additionalProperties, which the local machine ' +
        'does not evaluate. Set it to true or false.',
    );
  const known = new Set(Object.keys(properties ?? {}));
  return (value) =>
    additionalProperties || !isObject(value) || Object.keys(value).every((name) => known.has(name));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    default:
      throw new Error(`An API Gateway model names the type ${type}, which JSON does not have.`);
  }
}
