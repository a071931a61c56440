/** Names of the environment variables that the stack sets and the functions read. */
export const ENVIRONMENT = {
  accountsTable: 'ACCOUNTS_TABLE',
  registrationCodesTable: 'REGISTRATION_CODES_TABLE',
  termsAcceptancesTable: 'TERMS_ACCEPTANCES_TABLE',
  rememberedDevicesTable: 'REMEMBERED_DEVICES_TABLE',
  challengesTable: 'CHALLENGES_TABLE',
  flowsTable: 'FLOWS_TABLE',
  limitsTable: 'LIMITS_TABLE',
  auditEventsTable: 'AUDIT_EVENTS_TABLE',
  /** KMS key id of the HMAC key over one-time codes. */
  codeKeyId: 'CODE_KEY_ID',
  /** JSON: what the functions need of the stage's settings (`platform/settings.ts`). */
  settings: 'PORTAL_SETTINGS',
  userPoolId: 'USER_POOL_ID',
  userPoolClientId: 'USER_POOL_CLIENT_ID',
  /** SSM parameter that holds the public app client's id. */
  clientIdParameter: 'USER_POOL_CLIENT_ID_PARAMETER',
  emailConfigurationSet: 'EMAIL_CONFIGURATION_SET',
  outboxQueueUrl: 'OUTBOX_QUEUE_URL',
  apiUrl: 'API_URL',
  connectInstanceArn: 'CONNECT_INSTANCE_ARN',
  connectContactFlowId: 'CONNECT_CONTACT_FLOW_ID',
  connectSourcePhoneNumber: 'CONNECT_SOURCE_PHONE_NUMBER',
  auditBucket: 'AUDIT_BUCKET',
} as const;

export type EnvironmentName = (typeof ENVIRONMENT)[keyof typeof ENVIRONMENT];
