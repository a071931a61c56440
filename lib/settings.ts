/**
 * The settings of a stage, from the CDK context (`stages.<stage>` in cdk.json). All are checked
 * together, and defaults are filled in.
 */
import { isSupportedCountry } from 'libphonenumber-js';
import * as z from 'zod';
import { limits } from './limits.ts';

/**
 * Polly voices that speak the languages of our prompts. A wrong name would silence a call, because
 * Connect reports no error for it.
 */
const VOICES = [
  'Joanna',
  'Kendra',
  'Kimberly',
  'Salli',
  'Joey',
  'Justin',
  'Kevin',
  'Matthew',
  'Ruth',
  'Stephen',
] as const;

const text = (what: string, pattern: RegExp) =>
  z.string(`must be ${what}`).regex(pattern, `must be ${what}`);
const wholeNumber = (unit: string, least: number, most: number) => {
  const wanted = `must be a whole number of ${unit} from ${least} to ${most}`;
  return z.int(wanted).min(least, wanted).max(most, wanted);
};
const list = <T extends z.ZodType>(of: T, what: string) => z.array(of, `must be a list of ${what}`);

const email = z.email('must be an e-mail address, such as no-reply@portal.example');
const domain = text(
  'a domain in lower case, such as portal.example',
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
);
const phone = text('a phone number in E.164, such as +12025550100', /^\+[1-9][0-9]{6,14}$/);
const httpsUrl = z.url({
  protocol: /^https$/,
  error: 'must be an https URL, such as https://workforce.example/sign-in',
});

const country = z
  .string('must be a two-letter country code, such as US')
  .refine(isSupportedCountry, 'must be a two-letter country code, such as US or GB');

const origin = z
  .string('must be an origin, such as https://portal.example')
  .refine(
    isPortalOrigin,
    'must be an https origin without path or trailing slash, such as https://portal.example ' +
      '(http is for localhost only)',
  );

const sender = z
  .strictObject(
    {
      email,
      replyTo: email.optional(),
      /** The verified SES identity that may send: the address itself or its domain. */
      sesIdentity: z.union(
        [domain, email],
        'must be a verified SES identity: the domain or the address of sender.email',
      ),
    },
    objectFault('must be an object {email, sesIdentity, replyTo?}'),
  )
  .refine(({ email, sesIdentity }) => email === sesIdentity || email.endsWith(`@${sesIdentity}`), {
    path: ['sesIdentity'],
    message: 'must be the address in sender.email or its domain, because SES refuses other senders',
  });

const connect = z.strictObject({
  instanceArn: text(
    'the ARN of an Amazon Connect instance',
    /^arn:aws[a-z-]*:connect:[a-z0-9-]+:[0-9]{12}:instance\/[0-9a-f-]{36}$/,
  ),
  sourcePhoneNumber: phone,
  voice: z
    .enum(
      VOICES,
      `must be one of ${VOICES.join(', ')}, because another voice would silence the call`,
    )
    .default('Joanna'),
});

const portalSite = z.strictObject(
  {
    /** For the host of the first portal origin. */
    certificateArn: text(
      'the ARN of an ACM certificate in us-east-1, where CloudFront looks',
      /^arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate\/[0-9a-f-]{36}$/,
    ),
  },
  objectFault('must be an object {certificateArn}'),
);

const sms = z.strictObject(
  {
    /** The number that text messages come from. Without it SNS chooses one. */
    originationNumber: phone.optional(),
    /** The month's spending on texts at which an alarm goes off. */
    spendAlarmUsd: wholeNumber('US dollars a month', 1, 100_000),
  },
  objectFault('must be an object {spendAlarmUsd, originationNumber?}'),
);

/** Lives of codes in seconds, at most ten minutes (NIST SP 800-63B-4 §3.1.3.2). */
const codeLife = z
  .strictObject({
    emailSignIn: wholeNumber('seconds', 30, 600).default(30),
    sms: wholeNumber('seconds', 30, 600).default(300),
    emailVerification: wholeNumber('seconds', 30, 600).default(600),
    call: wholeNumber('seconds', 60, 300).default(120),
  })
  .prefault({});

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
    codeLife,
    /** Life of a mailed link, in seconds. */
    linkLife: wholeNumber('seconds', 300, 3600).default(1200),
    /** 0 turns remembered devices off. */
    rememberDeviceHours: wholeNumber('hours', 0, 24).default(4),
    /** How long after the last passed factor tokens can be refreshed. */
    sessionHours: wholeNumber('hours', 1, 24).default(4),
    terms: z.strictObject(
      {
        /** The text is lambdas/capabilities/terms/versions/<version>.md. */
        version: text(
          'a version of up to 32 letters, digits, dots or dashes',
          /^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$/,
        ),
      },
      objectFault('must be an object {version}'),
    ),
    /** How long the previous version of the terms is accepted after a new one comes into force. */
    termsGraceHours: wholeNumber('hours', 0, 720).default(0),
    /** Addresses of employees, who sign in elsewhere. */
    workforceEmailDomains: list(domain, 'domains').default([]),
    workforceLoginUrl: httpsUrl.optional(),
    /**
     * What a call asks for: the # key, two digits of the page and then #, or a code that it speaks.
     */
    voiceConfirmation: z
      .enum(['POUND', 'MATCH', 'SPOKEN_CODE'], 'must be POUND, MATCH or SPOKEN_CODE')
      .default('POUND'),
    limits,
    /** AWS's account-takeover rules inspect the portal login; they cost extra (docs/compliance.md). */
    accountTakeoverRules: z.boolean('must be true or false').default(false),
    /** Concurrent executions kept for each trigger. A new account's quota may not allow any. */
    reservedConcurrency: wholeNumber('executions', 1, 1000).optional(),
    /**
     * Makes the key of codes a multi-Region key: losing a single-Region key voids every registration
     * code that is not yet redeemed. A key cannot be changed later.
     */
    multiRegionCodeKey: z.boolean('must be true or false').default(false),
    /** Daily copies of the tables in a vault, beyond point-in-time recovery. */
    backup: z
      .strictObject(
        { keptDays: wholeNumber('days', 7, 3650).default(35) },
        objectFault('must be an object {keptDays?}'),
      )
      .optional(),
    /** Hosts the reference portal on CloudFront, at the first portal origin. */
    portalSite: portalSite.optional(),
    /** The address that receives alarms by e-mail. */
    alarmEmail: email.optional(),
  })
  .refine(
    ({ workforceEmailDomains, workforceLoginUrl }) =>
      workforceEmailDomains.length === 0 || workforceLoginUrl !== undefined,
    {
      path: ['workforceLoginUrl'],
      message: 'is required with workforceEmailDomains, because employees sign in there instead',
    },
  );
export type StageSettings = z.infer<typeof StageSettings>;

/** Reports every fault of a stage's settings at once. */
export class SettingsFault extends Error {
  override readonly name = 'SettingsFault';
}

/**
 * Reads the settings of a stage.
 * @param stages the `stages` of cdk.json's context
 * @throws SettingsFault naming every wrong setting, its value and its remedy
 */
export function readSettings(
  stages: unknown,
  stage: string,
  overrides: Partial<StageSettings> = {},
): StageSettings {
  const all = z.record(z.string(), z.record(z.string(), z.unknown())).safeParse(stages);
  const own = all.success ? all.data[stage] : undefined;
  if (own === undefined) {
    const known = all.success ? Object.keys(all.data).join(', ') : 'none';
    throw new SettingsFault(
      `Stage "${stage}" has no settings. Add "stages.${stage}" to the context in cdk.json, ` +
        `or choose one of: ${known}`,
    );
  }
  const given = { ...own, stage, ...overrides };
  const parsed = StageSettings.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => describe(issue, given, `stages.${stage}`));
  throw new SettingsFault(
    [
      `The settings of stage "${stage}" (context in cdk.json) have ${faults.length} faults:`,
      ...faults.map((fault) => `  - ${fault}`),
    ].join('\n'),
  );
}

function describe(issue: z.core.$ZodIssue, given: unknown, root: string): string[] {
  const name = [root, ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(
      (key) => `${name}.${key} is not a setting: correct its name or remove it`,
    );
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    given,
  );
  return [
    `${name} = ${value === undefined ? '(not set)' : JSON.stringify(value)}: ${issue.message}`,
  ];
}

/** The message for a value that is not an object. Zod's own message about unknown keys remains. */
function objectFault(wanted: string) {
  return { error: ({ code }: { code?: string }) => (code === 'invalid_type' ? wanted : undefined) };
}

function isPortalOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { origin, protocol, hostname } = new URL(value);
  const isLocal = protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
  return origin === value && (protocol === 'https:' || isLocal);
}
