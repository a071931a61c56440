/**
 * What a function needs of the stack. Each function states it beside its wiring; the stack grants
 * exactly that, with the environment variables that go with it (`lib/rights.ts`).
 */

/**
 * On a table: `get` one item, `batch` several at once, `query` a partition, `list` by an index,
 * `find` by the indexes of what people are found by, and each kind of write that its transactions
 * have: `put`, `update`, `delete`, and `check` for a condition alone. Only what compares the whole
 * may `scan`: the nightly sweep, and operators.
 */
export type TableRight =
  'get' | 'batch' | 'query' | 'list' | 'find' | 'scan' | 'put' | 'update' | 'delete' | 'check';

export type TableName =
  | 'accounts'
  | 'registrationCodes'
  | 'termsAcceptances'
  | 'rememberedDevices'
  | 'passkeys'
  | 'challenges'
  | 'flows'
  | 'limits'
  | 'auditEvents'
  | 'approvals';

export type PoolAction =
  | 'ListUsers'
  | 'AdminCreateUser'
  | 'AdminGetUser'
  | 'AdminUpdateUserAttributes'
  | 'AdminSetUserPassword'
  | 'AdminDeleteUser'
  | 'AdminUserGlobalSignOut';

export interface Needs {
  tables?: Partial<Record<TableName, readonly TableRight[]>>;
  /** The stage's settings. */
  settings?: true;
  /** Makes MACs of codes. */
  codeMac?: true;
  email?: true;
  text?: true;
  /** Places and ends calls, where the stage has Connect. */
  calls?: true;
  /** Sends to the outbox queue. */
  outbox?: true;
  /** Administers users of the pool. */
  pool?: readonly PoolAction[];
  /** The public app client's id: to prove passwords with it, or to compare tokens with it. */
  clientId?: true;
  /** The same by a parameter, for functions that the pool itself invokes. */
  clientIdParameter?: true;
  /** The employees' app client's id, to compare tokens with it. */
  workforceClientId?: true;
  /** The same by a parameter, for the function that the employees' pool invokes. */
  workforceClientIdParameter?: true;
  /** The address of the HTTP API. */
  apiUrl?: true;
}
