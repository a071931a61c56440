/** Findings of AwsSolutions and HIPAA.Security that stand, each with its reason. docs/compliance.md shows the same list. */

export interface Acknowledgement {
  /** The constructs' paths within the stack. */
  readonly at: RegExp;
  /** `Pack::Rule`, with the finding in brackets where a rule has several for one resource. Other forms leave no record in the report. */
  readonly rules: readonly string[];
  readonly reason: string;
}

const solutions = (rule: string) => `AwsSolutions::AwsSolutions-${rule}`;
const hipaa = (rule: string) => `HIPAA.Security::HIPAA.Security-${rule}`;

const everyFunction = /^\w+Function\/Resource$/;

/** Stands for the stage's own Connect instance in a rule. */
export const CONNECT_INSTANCE = '<connect.instanceArn>';

export const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  {
    at: /^UserPool\/Pool\/Resource$/,
    rules: [solutions('COG1')],
    reason:
      'NIST SP 800-63B-4 §3.1.1.2 forbids composition rules. Registration refuses short, common, breached and context-specific passwords.',
  },
  {
    at: /^UserPool\/Pool\/Resource$/,
    rules: [solutions('COG2')],
    reason:
      "The custom challenges are the second factor. With Cognito's own MFA a user with TOTP would skip them.",
  },
  {
    at: /^UserPool\/Pool\/Resource$/,
    rules: [solutions('COG8')],
    reason:
      'Threat protection of the Plus plan does not act on custom challenges. Failures are counted per account, across sessions, by our own limits.',
  },
  {
    at: /^HttpApi\/Api\/Default\/terms\/current\/GET\/Resource$/,
    rules: [solutions('APIG4'), solutions('COG4')],
    reason: 'The terms of use are public.',
  },
  {
    at: /^HttpApi\/Api\/Default\/calls\/\{callId\}\/GET\/Resource$/,
    rules: [solutions('APIG4'), solutions('COG4')],
    reason:
      'Asked before anybody is signed in. The 128-bit call id is the key, and the answer names nobody.',
  },
  {
    at: /^HttpApi\/Api\/Default\/(provider-registrations|registration-links|mfa-registrations|password-resets)\/POST\/Resource$/,
    rules: [solutions('APIG4'), solutions('COG4')],
    reason:
      'The entry to registration or recovery: its caller has no token yet. Limits per source and subject, equal answers, and the firewall stand here.',
  },
  {
    at: /^HttpApi\/Api\/Default\/(provider-registrations|mfa-registrations|password-resets)\/current\/.+\/Resource$/,
    rules: [solutions('APIG4'), solutions('COG4')],
    reason:
      'The caller holds an opaque flow token (256 bits, stored as a hash, 60 minutes) that the function checks. It is no token of Cognito.',
  },
  {
    at: /^HttpApi\/LoggingRole\/Resource$/,
    rules: [
      solutions(
        'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      ),
    ],
    reason:
      'API Gateway writes execution logs for the whole account with one role, for which AWS provides this policy.',
  },
  {
    at: /^HttpApi\/Api\/DeploymentStage\.\w+\/Resource$/,
    rules: [hipaa('APIGWCacheEnabledAndEncrypted')],
    reason:
      "Answers are one person's own: a cache would be the leak that the rule wants encrypted.",
  },
  {
    at: /^HttpApi\/Api\/DeploymentStage\.\w+\/Resource$/,
    rules: [hipaa('APIGWSSLEnabled')],
    reason:
      'A client certificate authenticates the gateway to an HTTP back end. Behind it are Lambda functions, which IAM authenticates.',
  },
  {
    at: /^(Create|Registration|Recovery|Outbox|Notices)FunctionRole\/Rights\/Resource$/,
    rules: [solutions('IAM5[Resource::*]')],
    reason:
      'sns:Publish to a phone number has no resource but *. A second statement denies every topic.',
  },
  {
    at: /^(Create|Registration|Recovery)FunctionRole\/Rights\/Resource$/,
    rules: [solutions(`IAM5[Resource::${CONNECT_INSTANCE}/contact/*]`)],
    reason:
      'Contacts are named by Connect as they are made: the wildcard is the contacts of one instance.',
  },
  {
    at: /^AuditArchiveFunctionRole\/Rights\/Resource$/,
    rules: [solutions('IAM5[Resource::*]')],
    reason: 'dynamodb:ListStreams has no resource but *. It reads names only.',
  },
  {
    at: /^AuditArchiveFunctionRole\/Rights\/Resource$/,
    rules: [solutions('IAM5[Resource::<AuditArchiveBucketDB93AD31.Arn>/audit/*]')],
    reason:
      'The archive names its objects after events. The function can add below audit/ and can neither read nor delete.',
  },
  {
    at: /^AuditArchive\/DeadLetters\/Resource$/,
    rules: [solutions('SQS3')],
    reason: 'It is itself where a stream leaves what failed, with an alarm on the first message.',
  },
  {
    at: /^AuditArchive\/(AccessLogs|Bucket)\/Resource$/,
    rules: [hipaa('S3BucketReplicationEnabled')],
    reason:
      'The bucket is already the second copy of the audit table, which has point-in-time recovery. A third, in another Region, is for the organisation to decide.',
  },
  {
    at: /^AuditArchive\/AccessLogs\/Resource$/,
    rules: [hipaa('S3DefaultEncryptionKMS')],
    reason:
      'S3 delivers server access logs only to buckets under its own key. They name objects, not people.',
  },
  {
    at: /^Tables\/\w+\/Table\/Resource$/,
    rules: [hipaa('DynamoDBInBackupPlan')],
    reason:
      'Point-in-time recovery covers 35 days, and the audit archive six years. A backup plan is for the organisation to lay over its accounts.',
  },
  {
    at: /^PortalSite\/Distribution\/Resource$/,
    rules: [solutions('CFR1'), solutions('CFR2')],
    reason:
      "The portal is public files that hold nobody's data. Firewalls stand before the two services that it calls.",
  },
  {
    at: /^PortalSite\/(AccessLogs|Files)\/Resource$/,
    rules: [hipaa('S3BucketReplicationEnabled'), hipaa('S3DefaultEncryptionKMS')],
    reason:
      "The files are built from the repository and public anyway. S3 and CloudFront deliver access logs only under S3's own key.",
  },
  {
    at: everyFunction,
    rules: [hipaa('LambdaConcurrency')],
    reason:
      'Reserving concurrency fails in accounts with a small quota. The setting reservedConcurrency turns it on for the sign-in triggers.',
  },
  {
    at: /^CallEventsFunction\/Resource$/,
    rules: [hipaa('LambdaDLQ')],
    reason:
      'A call status that comes two minutes late helps nobody: expiry covers what is lost, and the error alarm shows it.',
  },
  {
    at: /^(?!CallEvents)\w+Function\/Resource$/,
    rules: [hipaa('LambdaDLQ')],
    reason:
      'Functions are invoked synchronously, or by a queue or stream with its own dead-letter queue and alarm.',
  },
  {
    at: everyFunction,
    rules: [hipaa('LambdaInsideVPC')],
    reason:
      'No function uses anything inside a VPC: only regional APIs over TLS, which IAM authorizes.',
  },
];
