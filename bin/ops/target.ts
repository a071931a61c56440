/**
 * The stage that operators work on. It is found by its stack's outputs, with the usual AWS
 * environment or, for a local stack, with AWS_ENDPOINT_URL.
 */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { AccountsStore } from '../../lambdas/capabilities/accounts/accounts.store.ts';
import { NamesStore } from '../../lambdas/capabilities/accounts/names.store.ts';
import type { ManageDeps } from '../../lambdas/journeys/administration/manage-users.ts';
import type { Actor, UsersDeps } from '../../lambdas/journeys/administration/users.ts';
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

/** How long a link lives that an operator sends. */
const LINK_LIFE_SECONDS = 20 * 60;

/** An operator belongs to no provider and acts on all. */
export const OPERATOR: Actor = { accountId: 'OPERATOR', npi: 'ALL' };

export class Target {
  /** For what no function may do: reading a whole table. */
  readonly client: DynamoDBDocumentClient;
  readonly database: DynamoDatabase;
  readonly stage: string;
  readonly #outputs: ReadonlyMap<string, string>;
  readonly #kms = new KMSClient({});

  private constructor(stage: string, outputs: ReadonlyMap<string, string>) {
    this.stage = stage;
    this.#outputs = outputs;
    this.client = DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 8 }), {
      marshallOptions: { removeUndefinedValues: true },
    });
    this.database = new DynamoDatabase(this.client);
  }

  /** @throws Error if the stack does not exist */
  static async find(stage: string): Promise<Target> {
    const StackName = `PortalAuth-${stage}`;
    const { Stacks = [] } = await new CloudFormationClient({}).send(
      new DescribeStacksCommand({ StackName }),
    );
    const outputs = (Stacks[0]?.Outputs ?? []).map(
      ({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const,
    );
    return new Target(stage, new Map(outputs));
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

  get codes(): RegistrationCodesStore {
    return new RegistrationCodesStore(this.database, this.table('RegistrationCodes'));
  }

  get accounts(): AccountsStore {
    return new AccountsStore(this.database, this.table('Accounts'));
  }

  get names(): NamesStore {
    return new NamesStore(this.table('Accounts'));
  }

  get audit(): AuditTrail {
    return new AuditTrail(this.table('AuditEvents'));
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

  /** The collaborators of the administration's use cases, acting for an operator. */
  administration(): ManageDeps & UsersDeps {
    return {
      accounts: this.accounts,
      events: new AuditEventsStore(this.database, this.table('AuditEvents')),
      marks: new MarksStore(this.database, this.table('Flows')),
      limits: new LimitsStore(this.database, this.table('Limits')),
      outbox: new Outbox(this.output('OutboxQueueUrl')),
      pool: new UserPool(this.output('UserPoolId'), () => new CognitoIdentityProviderClient({})),
      audit: this.audit,
      commit: (writes) => this.database.commit(writes),
      settings: { linkLife: LINK_LIFE_SECONDS, workforceEmailDomains: [], limits: {} },
      log,
      now: Date.now,
    };
  }
}
