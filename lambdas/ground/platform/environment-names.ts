/** Names of the environment variables that the stack sets and the functions read. */
export const ENVIRONMENT = {
  accountsTable: 'ACCOUNTS_TABLE',
  registrationCodesTable: 'REGISTRATION_CODES_TABLE',
  termsAcceptancesTable: 'TERMS_ACCEPTANCES_TABLE',
  rememberedDevicesTable: 'REMEMBERED_DEVICES_TABLE',
  passkeysTable: 'PASSKEYS_TABLE',
  challengesTable: 'CHALLENGES_TABLE',
  flowsTable: 'FLOWS_TABLE',
  limitsTable: 'LIMITS_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  approvalsTable: 'APPROVALS_TABLE',
  /** KMS key id of the HMAC key over one-time codes. */
  codeKeyId: 'CODE_KEY_ID',
  /** JSON: what the functions need of the stage's settings (`FunctionSettings`). */
  settings: 'PORTAL_SETTINGS',
  userPoolId: 'USER_POOL_ID',
  userPoolClientId: 'USER_POOL_CLIENT_ID',
  /** SSM parameter that holds the public app client's id. */
  clientIdParameter: 'USER_POOL_CLIENT_ID_PARAMETER',
  /** The employees' app client: its id, and the SSM parameter that holds it. */
  workforceClientId: 'WORKFORCE_CLIENT_ID',
  workforceClientIdParameter: 'WORKFORCE_CLIENT_ID_PARAMETER',
  emailConfigurationSet: 'EMAIL_CONFIGURATION_SET',
  outboxQueueUrl: 'OUTBOX_QUEUE_URL',
  /** The canary's address, at SES's mailbox simulator. */
  canaryEmail: 'CANARY_EMAIL',
  apiUrl: 'API_URL',
  connectInstanceArn: 'CONNECT_INSTANCE_ARN',
  connectContactFlowId: 'CONNECT_CONTACT_FLOW_ID',
  connectSourcePhoneNumber: 'CONNECT_SOURCE_PHONE_NUMBER',
  auditBucket: 'AUDIT_BUCKET',
  /** Where the metrics of the functions' lines belong; without it, lines carry none. */
  metricsNamespace: 'METRICS_NAMESPACE',
} as const;

export type EnvironmentName = (typeof ENVIRONMENT)[keyof typeof ENVIRONMENT];

/**
 * What the functions need of the stage's settings, as JSON in `PORTAL_SETTINGS`; the stack has
 * checked them (`lib/settings.ts`).
 */
export interface FunctionSettings {
  stage: string;
  portalName: string;
  /** The first one is the origin of mailed links. */
  portalOrigins: string[];
  sender: { email: string; replyTo?: string | undefined };
  sms: { originationNumber?: string | undefined };
  /**
   * Absent: CALL is offered nowhere. Functions that place calls receive the line in variables of
   * its own.
   */
  connect?: object | undefined;
  voiceConfirmation: 'POUND' | 'SPOKEN_CODE' | 'MATCH';
  /** ISO 3166-1 alpha-2. */
  allowedCountries: string[];
  /** Prefixes of further +1 numbers that may be a factor, such as `+1565`. */
  furtherPhonePrefixes: string[];
  /** Days after an import at which old passwords end; absent: never. */
  importedPasswordsEndAfter?: number | undefined;
  /** Seconds. */
  codeLife: { emailSignIn: number; sms: number; emailVerification: number; call: number };
  /** Seconds. */
  linkLife: number;
  /** 0 turns Remember Me off. */
  rememberDeviceHours: number;
  sessionHours: number;
  /**
   * The version in force, the hex SHA-256 of its text, and when it came into force (milliseconds
   * since 1970).
   */
  terms: { version: string; sha256: string; effectiveAt: number };
  termsGraceHours: number;
  workforceEmailDomains: string[];
  /** The domain that passkeys are valid for, and whether administrators need one. */
  passkeys: { rpId: string; requiredForAdmins: boolean };
  /** Absent: employees do not sign in here, and nobody works at a help desk. */
  workforce?: WorkforceSettings | undefined;
  limits: LimitSettings;
}

interface WorkforceSettings {
  /** The group whose members are the help desk. */
  helpDeskGroup: string;
  /** Whether a second employee approves what hurts. */
  secondPerson: boolean;
}

/** What each means and its default: `lib/limits.ts`. */
export interface LimitSettings {
  wrongAnswersPerHour: number;
  wrongAnswersInARow: number;
  phoneSendsPerQuarterHour: number;
  emailSendsPerQuarterHour: number;
  sendsPerDay: number;
  unprovenSendsPerDay: number;
  unprovenSendsPerSourceHour: number;
  requestsPerSourceQuarterHour: number;
  wrongCredentialsPerSourceHour: number;
  wrongCredentialsPerSubjectHour: number;
  sendsPerAccountDay: number;
  enrolmentSendsPerAccountDay: number;
  staffLinksPerAccountHour: number;
  takenUsernamesPerFlowHour: number;
  contactCorrectionsPerQuarterHour: number;
  recordedRefusalsPerHour: number;
  dailyTextBreaker: number;
  dailyCallBreaker: number;
  dailyEmailBreaker: number;
  dailyUnprovenTextBreaker: number;
  dailyUnprovenCallBreaker: number;
  dailyUnprovenEmailBreaker: number;
  helpDeskLooksPerHour: number;
  helpDeskActsPerHour: number;
}
