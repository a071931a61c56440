import { z } from 'zod';
import type { Resource, StackTemplate } from '../template/template.ts';

const UNITS: Record<string, number> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
};

const LambdaConfig = z
  .strictObject(
    {
      DefineAuthChallenge: z.string().optional(),
      CreateAuthChallenge: z.string().optional(),
      VerifyAuthChallengeResponse: z.string().optional(),
      PreTokenGeneration: z.string().optional(),
      PreTokenGenerationConfig: z
        .strictObject({
          LambdaArn: z.string(),
          LambdaVersion: z.literal('V2_0'),
        })
        .optional(),
    },
    {
      error:
        'the local pool runs define, create, verify and the V2 pre token trigger, and no others',
    },
  )
  .default({});

const PoolProperties = z.object({
  AdminCreateUserConfig: z
    .object({ AllowAdminCreateUserOnly: z.boolean().default(false) })
    .optional(),
  AccountRecoverySetting: z
    .object({ RecoveryMechanisms: z.array(z.object({ Name: z.string() })) })
    .optional(),
  LambdaConfig,
  MfaConfiguration: z
    .literal('OFF', { error: 'the local pool has no MFA of its own' })
    .default('OFF'),
  UsernameAttributes: z.tuple([z.literal('email')], {
    error: 'the local pool signs in by e-mail address only',
  }),
  UsernameConfiguration: z.object({
    CaseSensitive: z.literal(false, { error: 'the local pool ignores the case of addresses' }),
  }),
  Policies: z
    .object({
      PasswordPolicy: z
        .object({
          MinimumLength: z.coerce.number().default(8),
          RequireLowercase: z.boolean().default(false),
          RequireUppercase: z.boolean().default(false),
          RequireNumbers: z.boolean().default(false),
          RequireSymbols: z.boolean().default(false),
        })
        .optional(),
    })
    .optional(),
  Schema: z
    .array(
      z.object({
        Name: z.string(),
        Mutable: z.boolean().default(true),
        AttributeDataType: z.string().optional(),
      }),
    )
    .default([]),
});

const ClientProperties = z.object({
  UserPoolId: z.string(),
  GenerateSecret: z
    .literal(false, { error: 'the local pool has no clients with a secret' })
    .default(false),
  ExplicitAuthFlows: z.array(z.string()),
  AuthSessionValidity: z.coerce.number().default(3),
  AccessTokenValidity: z.coerce.number().default(60),
  IdTokenValidity: z.coerce.number().default(60),
  RefreshTokenValidity: z.coerce.number().default(30),
  TokenValidityUnits: z
    .object({
      AccessToken: z.string().default('hours'),
      IdToken: z.string().default('hours'),
      RefreshToken: z.string().default('days'),
    })
    .default({
      AccessToken: 'hours',
      IdToken: 'hours',
      RefreshToken: 'days',
    }),
  EnableTokenRevocation: z.boolean().default(true),
  PreventUserExistenceErrors: z.enum(['ENABLED', 'LEGACY']).default('LEGACY'),
  RefreshTokenRotation: z.undefined({ error: 'refresh token rotation is not emulated' }).optional(),
});

/** One trigger-capable user pool, as the template sets it. */
export interface Pool {
  id: string;
  arn: string;
  region: string;
  /** `iss` of its tokens: `<public endpoint>/<pool id>`. */
  issuer: string;
  triggers: {
    define: string | undefined;
    create: string | undefined;
    verify: string | undefined;
    tokenGate: string | undefined;
  };
  selfSignUp: boolean;
  selfRecovery: boolean;
  passwordPolicy: { minimumLength: number; classes: { name: string; pattern: RegExp }[] };
  /** Attribute name → whether it may change after creation; custom ones carry their prefix. */
  customAttributes: Map<string, { mutable: boolean }>;
  clients: Map<string, PoolClient>;
}

/** One app client. Times are in seconds. */
export interface PoolClient {
  id: string;
  flows: Set<string>;
  sessionSeconds: number;
  accessSeconds: number;
  idSeconds: number;
  refreshSeconds: number;
  revocation: boolean;
  hidesExistence: boolean;
}

/** The pool whose users sign in by the API, and the one that has hosted endpoints, if any. */
export function poolsOf(template: StackTemplate): { own: Resource; hosted: Resource | undefined } {
  const domains = template
    .ofType('AWS::Cognito::UserPoolDomain')
    .map(({ properties }) => properties.UserPoolId);
  const pools = template.ofType('AWS::Cognito::UserPool');
  const [hosted, ...others] = pools.filter(({ ref }) => domains.includes(ref));
  const [own, ...further] = pools.filter(({ ref }) => !domains.includes(ref));
  if (own === undefined || others.length + further.length > 0)
    throw new Error(
      `The stack has ${pools.length} user pools; the local machine runs one without a domain, ` +
        'and one with it.',
    );
  return { own, hosted };
}

/** Reads a user pool. @throws Error on a setting that this emulator does not follow */
export function readPool(template: StackTemplate, resource = poolsOf(template).own): Pool {
  const parsed = PoolProperties.safeParse(resource.properties);
  if (!parsed.success)
    throw new Error(`The user pool cannot run here: ${z.prettifyError(parsed.error)}`);
  const { AdminCreateUserConfig, AccountRecoverySetting, Policies } = parsed.data;
  const recovery = AccountRecoverySetting?.RecoveryMechanisms;
  return {
    id: resource.ref,
    arn: resource.attributes.Arn ?? '',
    region: template.place.region,
    issuer: resource.attributes.ProviderURL ?? '',
    triggers: triggersOf(parsed.data),
    selfSignUp: AdminCreateUserConfig?.AllowAdminCreateUserOnly !== true,
    selfRecovery: recovery?.some(({ Name }) => Name !== 'admin_only') ?? true,
    passwordPolicy: passwordPolicy(Policies?.PasswordPolicy),
    customAttributes: customAttributesOf(parsed.data),
    clients: new Map(
      template
        .ofType('AWS::Cognito::UserPoolClient')
        .filter(({ properties }) => properties.UserPoolId === resource.ref)
        .map(({ ref, properties }) => [ref, readClient(ref, properties)]),
    ),
  };
}

function triggersOf({ LambdaConfig: lambdas }: z.infer<typeof PoolProperties>): Pool['triggers'] {
  return {
    define: lambdas.DefineAuthChallenge,
    create: lambdas.CreateAuthChallenge,
    verify: lambdas.VerifyAuthChallengeResponse,
    tokenGate: lambdas.PreTokenGenerationConfig?.LambdaArn,
  };
}

/** A type makes an attribute of the schema custom; standard ones have none. */
function customAttributesOf({ Schema }: z.infer<typeof PoolProperties>): Pool['customAttributes'] {
  return new Map(
    Schema.filter(({ AttributeDataType }) => AttributeDataType !== undefined).map(
      ({ Name, Mutable }) => [`custom:${Name}`, { mutable: Mutable }],
    ),
  );
}

function readClient(id: string, properties: Record<string, unknown>): PoolClient {
  const parsed = ClientProperties.safeParse(properties);
  if (!parsed.success)
    throw new Error(`The user pool client ${id} cannot run here: ${z.prettifyError(parsed.error)}`);
  const client = parsed.data;
  const units = client.TokenValidityUnits;
  return {
    id,
    flows: new Set(client.ExplicitAuthFlows),
    sessionSeconds: client.AuthSessionValidity * 60,
    accessSeconds: secondsOf(client.AccessTokenValidity, units.AccessToken),
    idSeconds: secondsOf(client.IdTokenValidity, units.IdToken),
    refreshSeconds: secondsOf(client.RefreshTokenValidity, units.RefreshToken),
    revocation: client.EnableTokenRevocation,
    hidesExistence: client.PreventUserExistenceErrors === 'ENABLED',
  };
}

function secondsOf(validity: number, unit: string): number {
  return validity * (UNITS[unit] ?? Number.NaN);
}

type PolicyProperties = {
  MinimumLength: number;
  RequireLowercase: boolean;
  RequireUppercase: boolean;
  RequireNumbers: boolean;
  RequireSymbols: boolean;
};

/** Without a policy Cognito requires eight characters, and each class. */
function passwordPolicy(
  policy: PolicyProperties = {
    MinimumLength: 8,
    RequireLowercase: true,
    RequireUppercase: true,
    RequireNumbers: true,
    RequireSymbols: true,
  },
): Pool['passwordPolicy'] {
  const classes = [
    {
      wanted: policy.RequireLowercase,
      name: 'lowercase',
      pattern: /[a-z]/,
    },
    {
      wanted: policy.RequireUppercase,
      name: 'uppercase',
      pattern: /[A-Z]/,
    },
    {
      wanted: policy.RequireNumbers,
      name: 'numeric',
      pattern: /[0-9]/,
    },
    {
      wanted: policy.RequireSymbols,
      name: 'symbol',
      pattern: /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/,
    },
  ];
  return {
    minimumLength: policy.MinimumLength,
    classes: classes.filter(({ wanted }) => wanted),
  };
}
