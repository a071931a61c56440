/** The tables, and what a function may do with each. */
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { EnvironmentName } from '../lambdas/ground/platform/environment-names.ts';
import type { TableRight } from '../lambdas/ground/platform/needs.ts';
import { definite } from './definite.ts';
import type { Keys } from './keys.ts';
import type { PortalFunction } from './portal-function.ts';
import { KEEP } from './lifecycle.ts';

const ACTIONS: Record<TableRight, string> = {
  get: 'dynamodb:GetItem',
  batch: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  list: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
  check: 'dynamodb:ConditionCheckItem',
};

export interface PortalTableProps {
  readonly keys: Keys;
  /** The environment variable that provides the table's name. */
  readonly variable: EnvironmentName;
  /** Name of the partition key, a string. */
  readonly partitionKey: string;
  /**
   * Name of the sort key, a string.
   * @default - none
   */
  readonly sortKey?: string;
  /**
   * Items have a `ttl` in epoch seconds, after which DynamoDB deletes them. Reads check expiry
   * themselves.
   * @default false
   */
  readonly expires?: boolean;
  /**
   * Every new item goes to a stream.
   * @default false
   */
  readonly streamed?: boolean;
  /**
   * An index for listing. No decision reads it, and it projects only what finding needs.
   * @default - none
   */
  readonly index?: {
    readonly name: string;
    readonly partitionKey: string;
    readonly sortKey: string;
    /** The attributes that it has beside the keys. */
    readonly projects: string[];
  };
}

const string = (name: string) => ({ name, type: AttributeType.STRING });

/** A table under our key, with point-in-time recovery and deletion protection. */
export class PortalTable extends Construct {
  readonly table: Table;
  private readonly keys: Keys;
  private readonly variable: EnvironmentName;
  private readonly index: string | undefined;

  constructor(scope: Construct, id: string, props: PortalTableProps) {
    super(scope, id);
    this.keys = props.keys;
    this.variable = props.variable;
    this.index = props.index?.name;
    this.table = new Table(this, 'Table', {
      partitionKey: string(props.partitionKey),
      ...definite({
        sortKey: props.sortKey === undefined ? undefined : string(props.sortKey),
        timeToLiveAttribute: props.expires ? 'ttl' : undefined,
        stream: props.streamed ? StreamViewType.NEW_IMAGE : undefined,
      }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.keys.data,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: KEEP,
    });
    if (props.index === undefined) return;
    const { name, partitionKey, sortKey, projects } = props.index;
    this.table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: string(partitionKey),
      sortKey: string(sortKey),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: projects,
    });
  }

  /** Gives a function these rights, the table's name, and the key behind the table. */
  grant(fn: PortalFunction, rights: readonly TableRight[]): void {
    for (const right of rights) fn.allow([ACTIONS[right]], [this.resource(right)]);
    this.keys.grantUseThrough(fn, 'dynamodb');
    fn.addEnvironment(this.variable, this.table.tableName);
  }

  private resource(right: TableRight): string {
    if (right !== 'list') return this.table.tableArn;
    if (this.index === undefined)
      throw new Error(
        `Table ${this.node.id} has no index to list by: grant "query", or give the table an index`,
      );
    return `${this.table.tableArn}/index/${this.index}`;
  }
}

export interface TablesProps {
  readonly keys: Keys;
}

/** All tables (docs/architecture.md, Data). */
export class Tables extends Construct {
  readonly accounts: PortalTable;
  readonly registrationCodes: PortalTable;
  readonly termsAcceptances: PortalTable;
  readonly rememberedDevices: PortalTable;
  readonly challenges: PortalTable;
  readonly flows: PortalTable;
  readonly limits: PortalTable;
  /** Append only. Functions are granted `put`, and `read` to show events. */
  readonly auditEvents: PortalTable;

  constructor(scope: Construct, id: string, { keys }: TablesProps) {
    super(scope, id);
    const byItem = { keys, partitionKey: 'pk' };
    const byAccount = { keys, partitionKey: 'accountId' };
    this.accounts = new PortalTable(this, 'Accounts', {
      ...byItem,
      variable: ENVIRONMENT.accountsTable,
      index: { name: 'byNpi', partitionKey: 'npi', sortKey: 'listKey', projects: ['searchKeys'] },
    });
    this.registrationCodes = new PortalTable(this, 'RegistrationCodes', {
      keys,
      variable: ENVIRONMENT.registrationCodesTable,
      partitionKey: 'npi',
      sortKey: 'code',
    });
    this.termsAcceptances = new PortalTable(this, 'TermsAcceptances', {
      ...byAccount,
      variable: ENVIRONMENT.termsAcceptancesTable,
      sortKey: 'version',
    });
    this.rememberedDevices = new PortalTable(this, 'RememberedDevices', {
      ...byAccount,
      variable: ENVIRONMENT.rememberedDevicesTable,
      sortKey: 'deviceId',
      expires: true,
    });
    this.challenges = new PortalTable(this, 'Challenges', {
      ...byItem,
      variable: ENVIRONMENT.challengesTable,
      expires: true,
    });
    this.flows = new PortalTable(this, 'Flows', {
      ...byItem,
      variable: ENVIRONMENT.flowsTable,
      expires: true,
    });
    this.limits = new PortalTable(this, 'Limits', {
      ...byItem,
      variable: ENVIRONMENT.limitsTable,
      expires: true,
    });
    this.auditEvents = new PortalTable(this, 'AuditEvents', {
      ...byAccount,
      variable: ENVIRONMENT.auditEventsTable,
      sortKey: 'eventId',
      streamed: true,
    });
  }

  /** Every table with the name that operators use for it. */
  byName(): [name: string, table: PortalTable][] {
    return Object.entries(this)
      .filter((entry): entry is [string, PortalTable] => entry[1] instanceof PortalTable)
      .map(([name, table]) => [name.charAt(0).toUpperCase() + name.slice(1), table]);
  }
}
