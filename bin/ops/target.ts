/**
 * The stage that operators work on. It is found by its stack's outputs, with the usual AWS
 * environment or, for a local stack, with AWS_ENDPOINT_URL.
 */
import { readFileSync } from 'node:fs';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PeopleStore } from '../../lambdas/capabilities/accounts/people.store.ts';
import type { PhoneRules } from '../../lambdas/capabilities/accounts/phone.rules.ts';
import { PasskeysStore } from '../../lambdas/capabilities/passkeys/passkeys.store.ts';
import { DevicesStore } from '../../lambdas/capabilities/devices/devices.store.ts';
import type { SupportDeps } from '../../lambdas/capabilities/support/support.ts';
import { TokenFlowsStore } from '../../lambdas/capabilities/token-flows/token-flows.store.ts';
import type { AuditPort } from '../../lambdas/ground/audit/audit.port.ts';
import { definite } from '../../lambdas/ground/platform/definite.rules.ts';
import { readSettings } from '../../lib/read-settings.ts';
import type { StageSettings } from '../../lib/settings.ts';
import { AccountsStore } from '../../lambdas/capabilities/accounts/accounts.store.ts';
import { NamesStore } from '../../lambdas/capabilities/accounts/names.store.ts';
import type { ManageDeps } from '../../lambdas/capabilities/management/manage-users.ts';
import type { Actor, UsersDeps } from '../../lambdas/capabilities/management/users.ts';
import { UserPool } from '../../lambdas/capabilities/accounts/user-pool.client.ts';
import { AuditEventsStore } from '../../lambdas/ground/audit/audit-events.store.ts';
import { Outbox } from '../../lambdas/capabilities/outbox/outbox.client.ts';
import { AuditTrail } from '../../lambdas/ground/audit/audit-trail.store.ts';
import { DynamoDatabase } from '../../lambdas/ground/platform/dynamo.client.ts';
import { log } from '../../lambdas/ground/platform/log.ts';
import { LimitsStore } from '../../lambdas/ground/limits/limits.store.ts';
import { MarksStore } from '../../lambdas/ground/platform/marks.store.ts';
import { registrationCodeMessage } from '../../lambdas/capabilities/providers/registration-code.rules.ts';
import { RegistrationCodesStore } from '../../lambdas/capabilities/providers/registration-codes.store.ts';

/** What an operator says about an act; it is in every event of the act. */
export interface Stated {
  reason?: string | undefined;
  ticket?: string | undefined;
}

/** An operator belongs to no provider and acts on all. */
export const OPERATOR: Actor = { accountId: 'OPERATOR', npi: 'ALL' };

/** What AWS says of a stage. */
interface Found {
  outputs: ReadonlyMap<string, string>;
  /** The caller's ARN, by STS. */
  operator: string;
  /** How far the clock of AWS is ahead of ours. */
  clockOffsetMs: number;
}

export class Target {
  /** For what no function may do: reading a whole table. */
  readonly client: DynamoDBDocumentClient;
  readonly database: DynamoDatabase;
  readonly cognito = new CognitoIdentityProviderClient({});
  readonly stage: string;
  /** The caller's ARN, by STS. */
  readonly operator: string;
  readonly #outputs: ReadonlyMap<string, string>;
  readonly #stated: Stated;
  readonly #clockOffsetMs: number;
  readonly #kms = new KMSClient({});
  readonly #settings: StageSettings;

  private constructor(stage: string, { outputs, operator, clockOffsetMs }: Found, stated: Stated) {
    this.stage = stage;
    this.#outputs = outputs;
    this.operator = operator;
    this.#stated = stated;
    this.#clockOffsetMs = clockOffsetMs;
    this.#settings = settingsOf(stage);
    this.client = DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 8 }), {
      marshallOptions: { removeUndefinedValues: true },
    });
    this.database = new DynamoDatabase(this.client);
  }

  /** @throws Error if the stack does not exist, or AWS does not say who is calling */
  static async find(stage: string, stated: Stated = {}): Promise<Target> {
    const StackName = `PortalAuth-${stage}`;
    const cloudFormation = new CloudFormationClient({});
    const [{ Stacks = [] }, { Arn }] = await Promise.all([
      cloudFormation.send(new DescribeStacksCommand({ StackName })),
      new STSClient({}).send(new GetCallerIdentityCommand({})),
    ]);
    const outputs = (Stacks[0]?.Outputs ?? []).map(
      ({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const,
    );
    if (Arn === undefined) throw new Error('STS did not say whose credentials these are.');
    // The SDK learns it from the answers' Date header; on one machine the clock can be moved.
    const { systemClockOffset: clockOffsetMs = 0 } = cloudFormation.config;
    return new Target(stage, { outputs: new Map(outputs), operator: Arn, clockOffsetMs }, stated);
  }

  /** Milliseconds since 1970 by the clock of AWS, to about a second. */
  now(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  output(name: string): string {
    const value = this.#outputs.get(name);
    if (value === undefined)
      throw new Error(
        `The stack PortalAuth-${this.stage} has no output ${name}. Deploy this version of it.`,
      );
    return value;
  }

  table(name: string): string {
    return this.output(`${name}TableName`);
  }

  /** The countries whose numbers may be a factor, and further prefixes. */
  get phones(): PhoneRules {
    return this.#settings;
  }

  async termsAcceptancesOf(accountId: string): Promise<object[]> {
    const { items } = await this.database.query({
      table: this.table('TermsAcceptances'),
      partition: { name: 'accountId', value: accountId },
    });
    return items;
  }

  /**
   * Adds to a metric of the stage.
   * @param counts a value for each set of dimensions; those of 0 are left out
   */
  async measure(
    MetricName: string,
    counts: readonly { dimensions: Record<string, string>; value: number }[],
  ): Promise<void> {
    const MetricData = counts
      .filter(({ value }) => value > 0)
      .map(({ dimensions, value }) => ({
        MetricName,
        Value: value,
        Unit: 'Count' as const,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      }));
    if (MetricData.length === 0) return;
    const Namespace = `PortalAuth/PortalAuth-${this.stage}`;
    await new CloudWatchClient({}).send(new PutMetricDataCommand({ Namespace, MetricData }));
  }

  get codes(): RegistrationCodesStore {
    return new RegistrationCodesStore(this.database, this.table('RegistrationCodes'));
  }

  get accounts(): AccountsStore {
    return new AccountsStore(this.database, this.table('Accounts'));
  }

  get names(): NamesStore {
    return new NamesStore(this.table('Accounts'));
  }

  get people(): PeopleStore {
    return new PeopleStore(this.database, this.table('Accounts'));
  }

  get events(): AuditEventsStore {
    return new AuditEventsStore(this.database, this.table('AuditEvents'));
  }

  /** The trail; events of operators say which one, why and on which ticket. */
  get audit(): AuditPort {
    const trail = new AuditTrail(this.table('AuditEvents'));
    const { operator } = this;
    const { reason, ticket } = this.#stated;
    return {
      write: (event, now) =>
        trail.write(
          event.actor === OPERATOR.accountId
            ? {
                ...definite({ reason, ticket }),
                ...event,
                operator,
              }
            : event,
          now,
        ),
    };
  }

  get userPoolId(): string {
    return this.output('UserPoolId');
  }

  get pool(): UserPool {
    return new UserPool(this.userPoolId, () => this.cognito);
  }

  get devices(): DevicesStore {
    const { rememberDeviceHours } = this.#settings;
    return new DevicesStore(this.database, this.table('RememberedDevices'), rememberDeviceHours);
  }

  get passkeys(): PasskeysStore {
    return new PasskeysStore(this.database, this.table('Passkeys'));
  }

  async codeMac(npi: string, code: string): Promise<string> {
    const Message = Buffer.from(registrationCodeMessage(npi, code), 'utf8');
    const { Mac = new Uint8Array() } = await this.#kms.send(
      new GenerateMacCommand({
        KeyId: `alias/portal-auth/${this.stage}/codes`,
        MacAlgorithm: 'HMAC_SHA_256',
        Message,
      }),
    );
    return Buffer.from(Mac).toString('base64');
  }

  /** The collaborators of the administration's and the support's use cases, for an operator. */
  get deps(): ManageDeps & UsersDeps & SupportDeps {
    const { linkLife, limits, workforceEmailDomains, importedPasswordsEndAfter } = this.#settings;
    return {
      accounts: this.accounts,
      names: this.names,
      events: this.events,
      audit: this.audit,
      devices: this.devices,
      passkeys: this.passkeys,
      pool: this.pool,
      flows: new TokenFlowsStore(this.database, this.table('Flows')),
      marks: new MarksStore(this.database, this.table('Flows')),
      limits: new LimitsStore(this.database, this.table('Limits')),
      outbox: new Outbox(this.output('OutboxQueueUrl')),
      commit: (writes) => this.database.commit(writes),
      settings: {
        linkLife,
        limits,
        workforceEmailDomains,
        importedPasswordsEndAfter,
      },
      log,
      now: Date.now,
    };
  }
}

/** The stage's settings in cdk.json, as the deployed stack has them. */
function settingsOf(stage: string): StageSettings {
  const file = new URL('../../cdk.json', import.meta.url);
  const { context } = JSON.parse(readFileSync(file, 'utf8')) as { context?: { stages?: unknown } };
  return readSettings(context?.stages, stage);
}
