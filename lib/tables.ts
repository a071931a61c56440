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
import type { Grantee } from './grantee.ts';
import type { Keys } from './keys.ts';
import type { PortalFunction } from './portal-function.ts';
import { KEEP } from './lifecycle.ts';

const ACTIONS: Record<TableRight, string> = {
  get: 'dynamodb:GetItem',
  batch: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  list: 'dynamodb:Query',
  find: 'dynamodb:Query',
  scan: 'dynamodb:Scan',
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
   * Indexes for listing and finding. No decision reads one.
   * @default - none
   */
  readonly indexes?: readonly PortalIndex[];
}

export interface PortalIndex {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** The attributes that it has beside the keys, or all. */
  readonly projects: string[] | 'ALL';
  /** The right that reads it. */
  readonly right: 'list' | 'find';
}

const string = (name: string) => ({ name, type: AttributeType.STRING });

/** A table under our key, with point-in-time recovery and deletion protection. */
export class PortalTable extends Construct {
  readonly table: Table;
  private readonly keys: Keys;
  private readonly variable: EnvironmentName;
  private readonly indexes: readonly PortalIndex[];

  constructor(scope: Construct, id: string, props: PortalTableProps) {
    super(scope, id);
    this.keys = props.keys;
    this.variable = props.variable;
    this.indexes = props.indexes ?? [];
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
    for (const { name, partitionKey, sortKey, projects } of this.indexes) {
      this.table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: string(partitionKey),
        sortKey: string(sortKey),
        ...projection(projects),
      });
    }
  }

  /** Gives a function these rights, the table's name, and the key behind the table. */
  grant(fn: PortalFunction, rights: readonly TableRight[]): void {
    this.allow(fn, rights);
    this.keys.grantUseThrough(fn, 'dynamodb');
    fn.addEnvironment(this.variable, this.table.tableName);
  }

  /** Gives these rights alone. */
  allow(grantee: Grantee, rights: readonly TableRight[]): void {
    for (const right of rights) grantee.allow([ACTIONS[right]], this.resources(right));
  }

  private resources(right: TableRight): string[] {
    if (right !== 'list' && right !== 'find') return [this.table.tableArn];
    const read = this.indexes.filter((index) => index.right === right);
    if (read.length === 0)
      throw new Error(
        `Table ${this.node.id} has no index to ${right} by: grant "query", or give the table one`,
      );
    return read.map(({ name }) => `${this.table.tableArn}/index/${name}`);
  }
}

/** An index without attributes of its own has the keys only. */
function projection(projects: string[] | 'ALL') {
  if (projects === 'ALL') return { projectionType: ProjectionType.ALL };
  if (projects.length === 0) return { projectionType: ProjectionType.KEYS_ONLY };
  return { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: projects };
}

/** Finds accounts by an attribute; it has the keys only, and what it finds is read by key. */
const findsBy = (name: string, partitionKey: string, sortKey = 'accountId'): PortalIndex => ({
  ...{ name, partitionKey, sortKey },
  projects: [],
  right: 'find',
});

export interface TablesProps {
  readonly keys: Keys;
}

/** All tables (docs/architecture.md, Data). */
export class Tables extends Construct {
  readonly accounts: PortalTable;
  readonly registrationCodes: PortalTable;
  readonly termsAcceptances: PortalTable;
  readonly rememberedDevices: PortalTable;
  readonly passkeys: PortalTable;
  readonly challenges: PortalTable;
  readonly flows: PortalTable;
  readonly limits: PortalTable;
  /** Append only. Functions are granted `put`, and `read` to show events. */
  readonly auditEvents: PortalTable;
  /** Acts of the help desk that wait for a second employee. */
  readonly approvals: PortalTable;

  constructor(scope: Construct, id: string, { keys }: TablesProps) {
    super(scope, id);
    const byItem = { keys, partitionKey: 'pk' };
    const byAccount = { keys, partitionKey: 'accountId' };
    this.accounts = new PortalTable(this, 'Accounts', {
      ...byItem,
      variable: ENVIRONMENT.accountsTable,
      indexes: [
        {
          ...{ name: 'byNpi', partitionKey: 'npi', sortKey: 'listKey' },
          projects: ['searchKeys'],
          right: 'list',
        },
        findsBy('byContactEmail', 'contactEmail'),
        findsBy('byRecordEmail', 'recordEmail'),
        findsBy('byPhone', 'phone'),
        findsBy('byContactPhone', 'contactPhone'),
        findsBy('byName', 'lastNameKey', 'firstNameKey'),
      ],
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
    this.passkeys = new PortalTable(this, 'Passkeys', {
      ...byAccount,
      variable: ENVIRONMENT.passkeysTable,
      sortKey: 'passkeyId',
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
      indexes: [
        {
          ...{ name: 'byDay', partitionKey: 'day', sortKey: 'eventId' },
          projects: 'ALL',
          right: 'list',
        },
      ],
    });
    this.approvals = new PortalTable(this, 'Approvals', {
      keys,
      variable: ENVIRONMENT.approvalsTable,
      partitionKey: 'desk',
      sortKey: 'approvalId',
      expires: true,
    });
  }

  /** Every table with the name that operators use for it. */
  byName(): [name: string, table: PortalTable][] {
    return Object.entries(this)
      .filter((entry): entry is [string, PortalTable] => entry[1] instanceof PortalTable)
      .map(([name, table]) => [name.charAt(0).toUpperCase() + name.slice(1), table]);
  }
}
