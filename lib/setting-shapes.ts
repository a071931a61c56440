/** The shapes that settings are made of: each says what the value must be. */
import { isSupportedCountry } from 'libphonenumber-js';
import * as z from 'zod';
import { PortalRole } from '../contract/accounts.ts';
import { HOME_ICONS } from '../contract/portal-config.ts';
import { TERMS_VERSIONS } from './terms-versions.ts';

/**
 * Polly voices that speak American English and American Spanish with the neural engine. A wrong
 * name would silence a call, because Connect reports no error for it.
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
const SPANISH_VOICES = ['Lupe', 'Pedro'] as const;

const voiceOf = <const T extends readonly string[]>(voices: T) =>
  z.enum(
    voices,
    `must be one of ${voices.join(', ')}, because another voice would silence the call`,
  );

export const text = (what: string, pattern: RegExp) =>
  z.string(`must be ${what}`).regex(pattern, `must be ${what}`);
export const wholeNumber = (unit: string, least: number, most: number) => {
  const wanted = `must be a whole number of ${unit} from ${least} to ${most}`;
  return z.int(wanted).min(least, wanted).max(most, wanted);
};
export const list = <T extends z.ZodType>(of: T, what: string) =>
  z.array(of, `must be a list of ${what}`);

export const email = z.email('must be an e-mail address, such as no-reply@portal.example');
export const domain = text(
  'a domain in lower case, such as portal.example',
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
);
const phone = text('a phone number in E.164, such as +12025550100', /^\+[1-9][0-9]{6,14}$/);
export const httpsUrl = z.url({
  protocol: /^https$/,
  error: 'must be an https URL, such as https://workforce.example/sign-in',
});

/** A line of the portal's own pages. It is shown as text, never as markup. */
const line = (most: number) =>
  z.string(`must be a text of 1 to ${most} characters`).trim().min(1).max(most);

/** How people reach the provider's support, as the portal shows it. */
export const support = z.strictObject(
  {
    /** As it is to be read, such as `1-800-555-0100`. */
    phone: text(
      'a phone number as it is to be read, such as 1-800-555-0100',
      /^\+?[0-9][0-9 ().-]{5,30}$/,
    ),
    /** Such as `Monday to Friday, 8 a.m. to 6 p.m. Eastern`. */
    hours: line(120),
    /** The hours in Spanish. */
    hoursEs: line(120).optional(),
  },
  objectFault('must be an object {phone, hours, hoursEs?}'),
);

/** A tile on the portal's home page. */
export const homeLink = z.strictObject(
  {
    title: line(40),
    text: line(120),
    titleEs: line(40).optional(),
    textEs: line(120).optional(),
    icon: z.enum(HOME_ICONS, `must be one of ${HOME_ICONS.join(', ')}`),
    url: httpsUrl,
    /** Who sees it. */
    roles: list(PortalRole, 'roles: STANDARD, ADMIN').min(1).optional(),
  },
  objectFault('must be an object {title, text, icon, url, roles?, titleEs?, textEs?}'),
);

/** A sign-in by the clock, as far as a code. */
export const canary = z.strictObject(
  { everyMinutes: wholeNumber('minutes', 75, 720).default(90) },
  objectFault('must be an object {everyMinutes?}'),
);

export const country = z
  .string('must be a two-letter country code, such as US')
  .refine(isSupportedCountry, 'must be a two-letter country code, such as US or GB');

export const origin = z
  .string('must be an origin, such as https://portal.example')
  .refine(
    isPortalOrigin,
    'must be an https origin without path or trailing slash, such as https://portal.example ' +
      '(http is for localhost only)',
  );

export const sender = z
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
  .refine(({ email, sesIdentity }) => maySend(sesIdentity, email), {
    path: ['sesIdentity'],
    message:
      'must be the address in sender.email, its domain or a parent of that domain, because SES ' +
      'refuses other senders',
  });

/** A verified domain may send from its subdomains too. */
function maySend(identity: string, email: string): boolean {
  return email === identity || email.endsWith(`@${identity}`) || email.endsWith(`.${identity}`);
}

export const connect = z.strictObject({
  instanceArn: text(
    'the ARN of an Amazon Connect instance',
    /^arn:aws[a-z-]*:connect:[a-z0-9-]+:[0-9]{12}:instance\/[0-9a-f-]{36}$/,
  ),
  sourcePhoneNumber: phone,
  voice: voiceOf(VOICES).default('Joanna'),
  /** Of calls in Spanish. */
  voiceEs: voiceOf(SPANISH_VOICES).default('Lupe'),
  /**
   * The resource of the right to place calls. AWS's own pages disagree: CONTACTS is the narrow one,
   * and ANY the way out where Connect refuses it.
   */
  placesCallsOn: z.enum(['CONTACTS', 'ANY'], 'must be CONTACTS or ANY').default('CONTACTS'),
});

/** The account and Region that the stage is deployed to. */
export const env = z.strictObject(
  {
    account: text('an AWS account of 12 digits', /^[0-9]{12}$/),
    region: text('an AWS Region, such as us-east-1', /^[a-z]{2}(?:-[a-z]+)+-[0-9]$/),
  },
  objectFault('must be an object {account, region}'),
);

/** The relying party of passkeys. */
export const passkeys = z.strictObject(
  {
    /** The portal's domain, or a parent of it. It cannot change without losing every passkey. */
    rpId: text(
      'a domain in lower case that the portal is in, such as portal.example',
      /^(?:localhost|(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})$/,
    ).optional(),
    /** Administrators act only once they have a passkey, and sign in by nothing weaker then. */
    requiredForAdmins: z.boolean({ error: 'must be true or false' }).optional(),
  },
  objectFault('must be an object {rpId, requiredForAdmins}'),
);

/** The GitHub environment whose workflow may deploy the stage. */
export const deployment = z.strictObject(
  {
    repository: text('a GitHub repository, such as owner/name', /^[\w.-]{1,100}\/[\w.-]{1,100}$/),
    environment: text('a name of letters, digits, dots or dashes', /^[\w.-]{1,100}$/),
    /** The account's OIDC provider of GitHub, where there is one. */
    oidcProviderArn: text(
      'the ARN of an OIDC provider',
      /^arn:aws[a-z-]*:iam::[0-9]{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
    ).optional(),
  },
  objectFault('must be an object {repository, environment, oidcProviderArn?}'),
);

export const roleArn = text(
  'the ARN of an IAM role',
  /^arn:aws[a-z-]*:iam::[0-9]{12}:role\/[\w+=,.@/-]{1,128}$/,
);
export const policyArn = text(
  'the ARN of an IAM policy',
  /^arn:aws[a-z-]*:iam::(?:[0-9]{12}|aws):policy\/[\w+=,.@/-]{1,128}$/,
);

/** What AWS takes for the keys and values of tags; keys that begin with aws: are its own. */
export const tags = z.record(
  text(
    'a tag key of up to 128 characters, not beginning with aws:',
    /^(?!aws:)[\w .:/=+@-]{1,128}$/,
  ),
  text('a tag value of up to 256 characters', /^[\w .:/=+@-]{0,256}$/),
  'must be an object of tag keys and values',
);

/**
 * The text is lambdas/capabilities/terms/versions/<version>.md, and a Spanish one beside it is
 * <version>.es.md.
 */
export const termsVersion = z
  .string('must be a version of the terms')
  .refine((version) => TERMS_VERSIONS.includes(version), {
    error:
      `must be one of ${TERMS_VERSIONS.join(', ')}, or have its text in ` +
      'lambdas/capabilities/terms/versions/<version>.md',
  });

export const sms = z.strictObject(
  {
    /** The number that text messages come from. Without it SNS chooses one. */
    originationNumber: phone.optional(),
    /** The month's spending on texts at which an alarm goes off. */
    spendAlarmUsd: wholeNumber('US dollars a month', 1, 100_000),
  },
  objectFault('must be an object {spendAlarmUsd, originationNumber?}'),
);

/** Lives of codes in seconds, at most ten minutes (NIST SP 800-63B-4 §3.1.3.2). */
export const codeLife = z
  .strictObject({
    emailSignIn: wholeNumber('seconds', 30, 600).default(30),
    sms: wholeNumber('seconds', 30, 600).default(300),
    emailVerification: wholeNumber('seconds', 30, 600).default(600),
    call: wholeNumber('seconds', 60, 300).default(120),
  })
  .prefault({});

const SECRET_NAME = text(
  'the name of a secret in Secrets Manager, such as portal-auth/workforce-oidc',
  /^[\w/+=.@-]{1,512}$/,
);

const scope = text('a scope, such as openid', /^[\w:/.-]{1,128}$/);

const callBackCheck = z.strictObject(
  { text: line(200), textEs: line(200).optional() },
  objectFault('must be an object {text, textEs?}'),
);

/**
 * How employees sign in: an OpenID provider or a SAML one, and which of its groups is the help
 * desk.
 */
export const workforce = z
  .strictObject(
    {
      oidc: z
        .strictObject(
          {
            issuer: httpsUrl,
            clientId: text('the client ID that the provider gave', /^[\x21-\x7e]{1,256}$/),
            clientSecretName: SECRET_NAME,
            scopes: list(scope, 'scopes').default(['openid', 'email', 'profile']),
          },
          objectFault('must be an object {issuer, clientId, clientSecretName, scopes?}'),
        )
        .optional(),
      saml: z
        .strictObject({ metadataUrl: httpsUrl }, objectFault('must be an object {metadataUrl}'))
        .optional(),
      /** The first part of an address below amazoncognito.com. */
      domainPrefix: text(
        'a prefix of lower-case letters, digits and dashes, without aws, amazon or cognito',
        /^(?!.*(?:aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      ).optional(),
      domain: z
        .strictObject(
          {
            name: domain,
            certificateArn: text(
              'the ARN of an ACM certificate in us-east-1, where CloudFront looks',
              /^arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate\/[0-9a-f-]{36}$/,
            ),
          },
          objectFault('must be an object {name, certificateArn}'),
        )
        .optional(),
      /** The claim or SAML attribute that names the groups. */
      groupsClaim: text('the name of a claim', /^[\x21-\x7e]{1,256}$/).default('groups'),
      /** The group whose members are the help desk, as the claim names it. */
      helpDeskGroup: text('the name or ID of a group', /^[^\p{C},[\]"]{1,256}$/u),
      /** A second employee approves what hurts. */
      secondPerson: z.boolean('must be true or false').default(true),
      /** Ends a browser's session at the identity provider: offered after signing out here. */
      signOutUrl: httpsUrl.optional(),
      /**
       * What the help desk checks on a call back before a reset; the portal has a list of its own.
       */
      callBackChecks: list(callBackCheck, 'checks').max(8, 'must be at most 8 checks').default([]),
    },
    objectFault('must be an object {oidc or saml, domainPrefix or domain, helpDeskGroup}'),
  )
  .refine(({ oidc, saml }) => (oidc === undefined) !== (saml === undefined), {
    path: ['oidc'],
    message: 'must have exactly one of oidc and saml',
  })
  .refine((it) => (it.domain === undefined) !== (it.domainPrefix === undefined), {
    path: ['domainPrefix'],
    message: 'must have exactly one of domainPrefix and domain',
  });

/** The message for a value that is not an object. Zod's own message about unknown keys remains. */
export function objectFault(wanted: string) {
  return { error: ({ code }: { code?: string }) => (code === 'invalid_type' ? wanted : undefined) };
}

function isPortalOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { origin, protocol, hostname } = new URL(value);
  const isLocal = protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
  return origin === value && (protocol === 'https:' || isLocal);
}
