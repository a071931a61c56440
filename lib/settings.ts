/**
 * The settings of a stage, from the CDK context (`stages.<stage>` in cdk.json). All are checked
 * together, and defaults are filled in.
 */
import * as z from 'zod';
import { apiDomain, portalSite } from './address-shapes.ts';
import { limits } from './limits.ts';
import {
  canary,
  codeLife,
  connect,
  country,
  deployment,
  domain,
  email,
  env,
  homeLink,
  httpsUrl,
  list,
  objectFault,
  origin,
  passkeys,
  policyArn,
  roleArn,
  sender,
  sms,
  support,
  tags,
  termsVersion,
  text,
  wholeNumber,
  workforce,
} from './setting-shapes.ts';

export const StageSettings = z
  .strictObject({
    stage: text(
      'a stage name: 2 to 20 lower-case letters, digits or dashes, starting with a letter',
      /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
    ),
    /** The portal's origins. CORS allows exactly these, and mailed links lead to the first. */
    portalOrigins: list(origin, 'origins').min(
      1,
      'must name at least one origin, because mailed links lead to the first',
    ),
    /** The portal's name in messages and calls. */
    portalName: text(
      "a name of 1 to 60 letters, digits, spaces or . , & ' -",
      /^[\p{L}\p{N}][\p{L}\p{N} .,&'-]{0,59}$/u,
    ),
    sender,
    /** Without it, calls are not offered. */
    connect: connect.optional(),
    sms,
    allowedCountries: list(country, 'country codes')
      .min(1, 'must name at least one country, because phones elsewhere are refused')
      .default(['US']),
    /**
     * Prefixes of further +1 numbers that may be a factor, such as an area code that is announced.
     */
    furtherPhonePrefixes: list(
      text('a +1 prefix of 4 to 8 digits, such as +1565', /^\+1[2-9][0-9]{2,6}$/),
      'prefixes',
    ).default([]),
    codeLife,
    /** Life of a mailed link, in seconds. */
    linkLife: wholeNumber('seconds', 300, 3600).default(1200),
    /**
     * Days after an import at which the old passwords stop opening the portal login; a mailed link
     * then is the way in.
     */
    importedPasswordsEndAfter: wholeNumber('days', 1, 3650).optional(),
    /** 0 turns remembered devices off. */
    rememberDeviceHours: wholeNumber('hours', 0, 24).default(4),
    /** How long after the last passed factor tokens can be refreshed. */
    sessionHours: wholeNumber('hours', 1, 24).default(4),
    terms: z.strictObject({ version: termsVersion }, objectFault('must be an object {version}')),
    /** How long the previous version of the terms is accepted after a new one comes into force. */
    termsGraceHours: wholeNumber('hours', 0, 720).default(0),
    /** Addresses of employees, who sign in elsewhere. */
    workforceEmailDomains: list(domain, 'domains').default([]),
    workforceLoginUrl: httpsUrl.optional(),
    /** Employees sign in at their own user pool, and the help desk works in the portal. */
    workforce: workforce.optional(),
    /** The tiles on the home page of the reference portal: what people sign in for. */
    homeLinks: list(homeLink, 'tiles').max(8, 'must be at most 8 tiles').default([]),
    /** Whom people call who cannot sign in: shown in the footer, in help and at every dead end. */
    support: support.optional(),
    /**
     * What a call asks for: the # key, two digits of the page and then #, or a code that it speaks.
     */
    voiceConfirmation: z
      .enum(['POUND', 'MATCH', 'SPOKEN_CODE'], 'must be POUND, MATCH or SPOKEN_CODE')
      .default('POUND'),
    limits,
    /**
     * AWS's account-takeover rules inspect the portal login; they cost extra (docs/compliance.md).
     */
    accountTakeoverRules: z.boolean('must be true or false').default(false),
    /** Concurrent executions kept for each trigger. A new account's quota may not allow any. */
    reservedConcurrency: wholeNumber('executions', 1, 1000).optional(),
    /**
     * Makes the key of codes a multi-Region key: losing a single-Region key voids every
     * registration code that is not yet redeemed. A key cannot be changed later.
     */
    multiRegionCodeKey: z.boolean('must be true or false').default(false),
    /** Daily copies of the tables in a vault, beyond point-in-time recovery. */
    backup: z
      .strictObject(
        { keptDays: wholeNumber('days', 7, 3650).default(35) },
        objectFault('must be an object {keptDays?}'),
      )
      .optional(),
    /** Where passkeys are valid. */
    passkeys: passkeys.optional(),
    /** Hosts the reference portal on CloudFront, at the first portal origin. */
    portalSite: portalSite.optional(),
    /** Signs an account of its own in by the clock, as far as a code to SES's mailbox simulator. */
    canary: canary.optional(),
    /** The HTTP API's address. Without it, API Gateway's own. */
    apiDomain: apiDomain.optional(),
    /** The address that receives alarms by e-mail. */
    alarmEmail: email.optional(),
    /**
     * Where the stage is deployed to. Without it, to the account and Region of the command line.
     */
    env: env.optional(),
    /** Who deploys the stage from GitHub: the stack of bin/deployment-role.ts trusts it. */
    deployment: deployment.optional(),
    /** For trying things: nothing is kept, protected or locked when the stack is deleted. */
    disposable: z.boolean('must be true or false').default(false),
    /**
     * The role by which API Gateway logs in this account and Region, where there is one. Without it
     * the stack makes one, which outlives the stack.
     */
    apiLoggingRoleArn: roleArn.optional(),
    /** A permissions boundary for every role of the stack. */
    permissionsBoundaryArn: policyArn.optional(),
    /** Tags of every resource, besides `portal-auth:stage`. */
    tags: tags.default({}),
  })
  .refine(
    ({ workforceEmailDomains, workforceLoginUrl, workforce }) =>
      workforceEmailDomains.length === 0 ||
      workforceLoginUrl !== undefined ||
      workforce !== undefined,
    {
      path: ['workforceLoginUrl'],
      message:
        'or workforce is required with workforceEmailDomains, because employees sign in there ' +
        'instead',
    },
  )
  .refine(
    ({ workforceEmailDomains, workforce }) =>
      workforce === undefined || workforceEmailDomains.length > 0,
    {
      path: ['workforceEmailDomains'],
      message: 'must name a domain with workforce, because only its addresses are admitted',
    },
  )
  .refine(
    ({ canary, limits }) =>
      canary === undefined ||
      (24 * 60) / canary.everyMinutes <= Math.min(limits.sendsPerDay, limits.sendsPerAccountDay),
    {
      path: ['canary', 'everyMinutes'],
      message:
        'must be so long that a day of codes fits into limits.sendsPerDay and ' +
        'limits.sendsPerAccountDay, which count the canary as they count people',
    },
  )
  .refine(({ apiDomain, env }) => isInRegion(env, apiDomain?.certificateArn), {
    path: ['apiDomain', 'certificateArn'],
    message: 'must be in the Region of env, because the HTTP API is regional',
  })
  .refine(
    ({ apiDomain, portalOrigins }) =>
      apiDomain === undefined || !hostsOf(portalOrigins).includes(apiDomain.name),
    {
      path: ['apiDomain', 'name'],
      message: 'must not be the host of a portal origin, which serves the portal',
    },
  )
  .refine(({ connect, env }) => isIn(env, connect), {
    path: ['connect', 'instanceArn'],
    message: 'must be in the account and Region of env, because events and calls stay in them',
  });

export type StageSettings = z.infer<typeof StageSettings>;

type Placed = { account: string; region: string } | undefined;

/**
 * Without `env` the account and Region come from the command line, which synthesis does not see.
 */
function isIn(env: Placed, connect: { instanceArn: string } | undefined): boolean {
  if (env === undefined || connect === undefined) return true;
  const [, , , region, account] = connect.instanceArn.split(':');
  return region === env.region && account === env.account;
}

function isInRegion(env: Placed, arn: string | undefined): boolean {
  return env === undefined || arn === undefined || arn.split(':')[3] === env.region;
}

function hostsOf(origins: readonly string[]): (string | undefined)[] {
  return origins.map((origin) => (URL.canParse(origin) ? new URL(origin).hostname : undefined));
}
