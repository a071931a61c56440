/** The acknowledged findings of AwsSolutions and HIPAA.Security. docs/compliance.md lists them. */

export interface Acknowledgement {
  /** The constructs' paths within the stack. */
  readonly at: RegExp;
  /**
   * `Pack::Rule`, with the finding in brackets where a rule has several for one resource. Other
   * forms leave no record in the report.
   */
  readonly rules: readonly string[];
  readonly reason: string;
}

const solutions = (rule: string) => `AwsSolutions::AwsSolutions-${rule}`;
const hipaa = (rule: string) => `HIPAA.Security::HIPAA.Security-${rule}`;

/** @param path a pattern of the path after the API, with its method */
const routes = (path: string) => new RegExp(`^HttpApi/Api/Default/${path}/Resource$`);

const everyFunction = /^\w+Function\/Resource$/;

/** Placeholder in a rule for the stage's own Connect instance. */
export const CONNECT_INSTANCE = '<connect.instanceArn>';

export const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  {
    at: /^Backups\/Plan\/Tables\/Role\/Resource$/,
    rules: [
      solutions(
        'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
      ),
    ],
    reason: "AWS Backup's own policy follows what the service needs to copy tables.",
  },
  {
    at: /^Alarms\/\w+(FunctionFails|TableFails|Often|Part)\/Resource$/,
    rules: [hipaa('CloudWatchAlarmAction')],
    reason: 'It counts within a composite alarm, which notifies.',
  },
  {
    at: /^UserPool\/Pool\/Resource$/,
    rules: [solutions('COG1')],
    reason:
      'NIST SP 800-63B-4 §3.1.1.2 forbids composition rules. Registration refuses short, ' +
      'common, breached, context-specific and easily guessed passwords.',
  },
  {
    at: /^UserPool\/Pool\/Resource$/,
    rules: [solutions('COG2')],
    reason:
      "The custom challenges are the second factor. With Cognito's own MFA a user with TOTP " +
      'would skip them.',
  },
  {
    at: /^UserPool\/Pool\/Resource$/,
    rules: [solutions('COG8')],
    reason:
      'Threat protection of the Plus plan does not act on custom challenges. Failures are ' +
      'counted per account, across sessions, by our own limits.',
  },
  {
    at: /^Workforce\/Pool\/Resource$/,
    rules: [solutions('COG1'), solutions('COG2'), solutions('COG8')],
    reason:
      'The pool has no passwords: employees sign in at their identity provider, which asks for ' +
      'the password and the second factor and watches for threats.',
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
      'Clients call this route before they are signed in. The 128-bit call ID is the key, and ' +
      'the answer identifies no person.',
  },
  {
    at: routes(
      '(provider-registrations|registration-links|mfa-registrations|password-resets)/POST',
    ),
    rules: [solutions('APIG4'), solutions('COG4')],
    reason:
      'This route begins registration or recovery, so its caller has no token yet. Limits per ' +
      'source and subject, equal answers and the firewall protect it.',
  },
  {
    at: routes('email-changes/undo/POST'),
    rules: [solutions('APIG4'), solutions('COG4')],
    reason:
      'The caller has lost the account to another address. The link that was mailed to the former ' +
      'one is the key: 256 bits, stored as a hash, 72 hours.',
  },
  {
    at: routes('passkey-challenges/POST'),
    rules: [solutions('APIG4'), solutions('COG4')],
    reason:
      'Its caller is about to sign in. The answer is a random challenge, good once and for five ' +
      'minutes, and names nobody. Limits per source protect it.',
  },
  {
    at: routes('registration-links/details/POST'),
    rules: [solutions('APIG4'), solutions('COG4')],
    reason:
      'The caller holds the secret of a mailed link (256 bits, stored as a hash, 20 minutes) that ' +
      'the function checks. It is not a Cognito token.',
  },
  {
    at: routes('(provider-registrations|mfa-registrations|password-resets)/current/.+'),
    rules: [solutions('APIG4'), solutions('COG4')],
    reason:
      'The caller holds an opaque flow token (256 bits, stored as a hash, 60 minutes) that ' +
      'the function checks. It is not a Cognito token.',
  },
  {
    at: /^HttpApi\/LoggingRole\/Resource$/,
    rules: [
      solutions(
        'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/' +
          'service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      ),
    ],
    reason:
      'API Gateway writes execution logs for the whole account with one role, for which AWS ' +
      'provides this policy.',
  },
  {
    at: /^HttpApi\/Api\/DeploymentStage\.\w+\/Resource$/,
    rules: [hipaa('APIGWCacheEnabledAndEncrypted')],
    reason:
      'Every answer belongs to one person. A cache would create the risk that the rule wants ' +
      'encrypted.',
  },
  {
    at: /^HttpApi\/Api\/DeploymentStage\.\w+\/Resource$/,
    rules: [hipaa('APIGWSSLEnabled')],
    reason:
      'A client certificate authenticates the gateway to an HTTP back end. Behind it are ' +
      'Lambda functions, which IAM authenticates.',
  },
  {
    at: /^(Changes|Create|Registration|Recovery|Outbox|Notices)FunctionRole\/Rights\/Resource$/,
    rules: [solutions('IAM5[Resource::*]')],
    reason:
      'sns:Publish to a phone number supports only the resource *. A second statement denies ' +
      'every topic.',
  },
  {
    at: /^(Changes|Create|Registration|Recovery)FunctionRole\/Rights\/Resource$/,
    rules: [solutions(`IAM5[Resource::${CONNECT_INSTANCE}/contact/*]`)],
    reason:
      'Connect names each contact when it creates it. The wildcard covers the contacts of one ' +
      'instance.',
  },
  {
    at: /^AuditArchiveFunctionRole\/Rights\/Resource$/,
    rules: [solutions('IAM5[Resource::*]')],
    reason: 'dynamodb:ListStreams supports only the resource *. It reads only names.',
  },
  {
    at: /^AuditArchiveFunctionRole\/Rights\/Resource$/,
    rules: [solutions('IAM5[Resource::<AuditArchiveBucketDB93AD31.Arn>/audit/*]')],
    reason:
      'The archive names its objects after their day and content. The function can add below ' +
      'audit/ and can neither read nor delete.',
  },
  {
    at: /^OperatorRoles\/(Operator|ReadOnly)\/Rights\/Resource$/,
    rules: [solutions('IAM5[Resource::<AuditArchiveBucketDB93AD31.Arn>/audit/*]')],
    reason: 'Comparing the trail with the archive reads every object below audit/.',
  },
  {
    at: /^OperatorRoles\/Operator\/Rights\/Resource$/,
    rules: [solutions('IAM5[Resource::*]')],
    reason:
      'cloudwatch:PutMetricData supports only the resource *. A condition admits the namespace of the ' +
      'stage alone.',
  },
  {
    at: /^Examination\/Rights\/Resource$/,
    rules: [solutions('IAM5[Resource::*]')],
    reason:
      'AWS authorizes these reads of the account (quotas, sandboxes, suppression, rules of a target) ' +
      'on the resource * only. They change nothing and show no person.',
  },
  {
    at: /^Examination\/Rights\/Resource$/,
    rules: [solutions('IAM5[Resource::arn:<AWS::Partition>:cloudtrail:*:*:trail/*]')],
    reason:
      "Trails are the organisation's, whatever their names and Regions. The roles read what they " +
      'record, and no event.',
  },
  {
    at: /^AuditArchive\/DeadLetters\/Resource$/,
    rules: [solutions('SQS3')],
    reason: 'It is itself the dead-letter queue of a stream, with an alarm on the first message.',
  },
  {
    at: /^AuditArchive\/(AccessLogs|Bucket)\/Resource$/,
    rules: [hipaa('S3BucketReplicationEnabled')],
    reason:
      'The bucket is already the second copy of the audit table, which has point-in-time ' +
      "recovery. Whether to keep a third copy in another Region is the organisation's " +
      'decision.',
  },
  {
    at: /^AuditArchive\/AccessLogs\/Resource$/,
    rules: [hipaa('S3DefaultEncryptionKMS')],
    reason:
      'S3 delivers server access logs only to buckets under its own key. They identify ' +
      'objects, not people.',
  },
  {
    at: /^Tables\/\w+\/Table\/Resource$/,
    rules: [hipaa('DynamoDBInBackupPlan')],
    reason:
      'Point-in-time recovery covers 35 days, and the audit archive six years. A backup plan ' +
      "across accounts is the organisation's decision.",
  },
  {
    at: /^PortalSite\/Distribution\/Resource$/,
    rules: [solutions('CFR1'), solutions('CFR2')],
    reason:
      'The portal consists of public files without personal data. Firewalls protect the ' +
      'services that it calls.',
  },
  {
    at: /^PortalSite\/(AccessLogs|Files)\/Resource$/,
    rules: [hipaa('S3BucketReplicationEnabled'), hipaa('S3DefaultEncryptionKMS')],
    reason:
      'The files are public and can be rebuilt from the repository. S3 and CloudFront deliver ' +
      "access logs only under S3's own key.",
  },
  {
    at: everyFunction,
    rules: [hipaa('LambdaConcurrency')],
    reason:
      'Reserving concurrency fails in accounts with a small quota. The setting ' +
      'reservedConcurrency turns it on for the sign-in triggers.',
  },
  {
    at: /^CallEventsFunction\/Resource$/,
    rules: [hipaa('LambdaDLQ')],
    reason:
      "A call status is useless after two minutes. The call's expiry covers lost events, and " +
      'the error alarm reports them.',
  },
  {
    at: /^(?!CallEvents)\w+Function\/Resource$/,
    rules: [hipaa('LambdaDLQ')],
    reason:
      'Functions are invoked synchronously, or by a queue or stream with its own dead-letter ' +
      'queue and alarm.',
  },
  {
    at: everyFunction,
    rules: [hipaa('LambdaInsideVPC')],
    reason:
      'No function uses a resource inside a VPC. Functions call only regional APIs over TLS, ' +
      'which IAM authorizes.',
  },
];
