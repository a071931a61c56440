import { IDENTITIES, NOT_SHOWN, WITHOUT_EFFECT, type Identity } from './identities.ts';
import { NO_VALUE, resolve, type Lookup } from './intrinsics.ts';
import { arnOf, stackIdOf, type Place } from './place.ts';

/** A template as `cdk synth` writes it. */
export interface RawTemplate {
  Resources: Record<
    string,
    { Type: string; Properties?: Record<string, unknown>; Condition?: string }
  >;
  Parameters?: Record<string, { Type: string; Default?: unknown }>;
  Conditions?: Record<string, unknown>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Outputs?: Record<string, { Value: unknown; Condition?: string }>;
}

/** A resource with every reference resolved. */
export interface Resource {
  logicalId: string;
  type: string;
  ref: string;
  attributes: Record<string, string>;
  properties: Record<string, unknown>;
}

/** The stack as the services read it. */
export interface StackTemplate {
  place: Place;
  ofType: (type: string) => Resource[];
  outputs: Record<string, string>;
  /** What the stack has and this machine does not run, in words, each once. */
  notShown: string[];
}

/**
 * Resolves a whole template for a place.
 * @throws Error naming an unknown type, intrinsic function or attribute, or a parameter without a
 *   default
 */
export function resolveTemplate(raw: RawTemplate, place: Place): StackTemplate {
  const lookup = new TemplateLookup(raw, place);
  const present = Object.entries(raw.Resources).filter(
    ([, { Condition }]) => Condition === undefined || lookup.condition(Condition) === true,
  );
  const unknown = present
    .map(([, { Type }]) => Type)
    .filter((type) => !(type in IDENTITIES) && !(type in NOT_SHOWN) && !WITHOUT_EFFECT.has(type));
  if (unknown.length > 0) {
    throw new Error(
      `The template has resource types that the local machine does not run: ` +
        `${[...new Set(unknown)].join(', ')}. Add them to local/template/identities.ts, ` +
        'as types that run or as types that are not shown.',
    );
  }
  const byType = new Map<string, Resource[]>();
  for (const [logicalId, { Type, Properties }] of present) {
    if (!(Type in IDENTITIES)) continue;
    const properties = resolve(Properties ?? {}, lookup) as Record<string, unknown>;
    byType.set(Type, [
      ...(byType.get(Type) ?? []),
      {
        logicalId,
        type: Type,
        ...lookup.identity(logicalId),
        properties,
      },
    ]);
  }
  return {
    place,
    ofType: (type) => byType.get(type) ?? [],
    outputs: resolveOutputs(raw, lookup),
    notShown: [...new Set(present.flatMap(([, { Type }]) => NOT_SHOWN[Type] ?? []))].sort(),
  };
}

function resolveOutputs(raw: RawTemplate, lookup: TemplateLookup): Record<string, string> {
  return Object.fromEntries(
    Object.entries(raw.Outputs ?? {})
      .filter(
        ([, { Condition }]) => Condition === undefined || lookup.condition(Condition) === true,
      )
      .map(([name, { Value }]) => [name, String(resolve(Value, lookup))]),
  );
}

class TemplateLookup implements Lookup {
  readonly #raw: RawTemplate;
  readonly #place: Place;
  readonly #identities = new Map<string, Identity>();

  constructor(raw: RawTemplate, place: Place) {
    this.#raw = raw;
    this.#place = place;
  }

  identity(logicalId: string): Identity {
    const known = this.#identities.get(logicalId);
    if (known !== undefined) return known;
    const resource = this.#raw.Resources[logicalId];
    if (resource === undefined)
      throw new Error(`The template refers to ${logicalId}, which it does not define.`);
    const property = (name: string): unknown => {
      const value = resource.Properties?.[name];
      return value === undefined ? undefined : resolve(value, this);
    };
    const identify = IDENTITIES[resource.Type];
    const identity =
      identify?.({
        logicalId,
        place: this.#place,
        property,
      }) ?? this.#identityOfNotShown(logicalId);
    this.#identities.set(logicalId, identity);
    return identity;
  }

  /** A resource that runs may refer to one that does not: its name resolves to a placeholder. */
  #identityOfNotShown(logicalId: string): Identity {
    return {
      ref: logicalId,
      attributes: { Arn: arnOf(this.#place, 'not-shown', logicalId) },
    };
  }

  ref(name: string): unknown {
    const pseudo = this.#pseudoParameter(name);
    if (pseudo !== undefined) return pseudo;
    const parameter = this.#raw.Parameters?.[name];
    if (parameter === undefined) return this.identity(name).ref;
    if (parameter.Default === undefined)
      throw new Error(
        `The template's parameter ${name} has no default, and the local machine passes no ` +
          'parameters. Set a default in the stack.',
      );
    return parameter.Default;
  }

  #pseudoParameter(name: string): unknown {
    const { region, account, partition, stackName } = this.#place;
    switch (name) {
      case 'AWS::Region':
        return region;
      case 'AWS::AccountId':
        return account;
      case 'AWS::Partition':
        return partition;
      case 'AWS::StackName':
        return stackName;
      case 'AWS::StackId':
        return stackIdOf(this.#place);
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      case 'AWS::NoValue':
        return NO_VALUE;
      default:
        return undefined;
    }
  }

  attribute(logicalId: string, name: string): unknown {
    const value = this.identity(logicalId).attributes[name];
    if (value === undefined) {
      throw new Error(
        `The template refers to ${logicalId}.${name} (${this.#raw.Resources[logicalId]?.Type}), ` +
          'which the local machine does not resolve. Add it to local/template/identities.ts.',
      );
    }
    return value;
  }

  condition(name: string): unknown {
    const condition = this.#raw.Conditions?.[name];
    if (condition === undefined)
      throw new Error(`The template uses the condition ${name}, which it does not define.`);
    return resolve(condition, this);
  }

  mapping(name: string, first: string, second: string): unknown {
    const value = this.#raw.Mappings?.[name]?.[first]?.[second];
    if (value === undefined)
      throw new Error(`The template's mapping ${name} has nothing at ${first}.${second}.`);
    return value;
  }
}
