import { join } from 'node:path';
import { createApiGateway } from './apigateway/apigateway.ts';
import { readApi } from './apigateway/api.ts';
import { createAuthorizer } from './apigateway/authorizer.ts';
import { createClock, type Clock } from './clock.ts';
import { createCognito, type Cognito } from './cognito/cognito.ts';
import { createControl, type LocalOutputs } from './control/control.ts';
import { connect, type Connection } from './dynamodb/connection.ts';
import { startEngine } from './dynamodb/engine.ts';
import { createDynamoDb } from './dynamodb/service.ts';
import { createTables, type Table } from './dynamodb/tables.ts';
import { createFaults } from './gateway/faults.ts';
import { openGateway, type WebHandler } from './gateway/gateway.ts';
import { createPrincipals } from './iam/principals.ts';
import { readRoles } from './iam/roles.ts';
import { createKms } from './kms/kms.ts';
import { startEventSources } from './lambda/event-sources.ts';
import { readFunctions, readInvokePermissions } from './lambda/functions.ts';
import { createLambda, type Credentials, type Lambda } from './lambda/lambda.ts';
import { createFunctionLogs } from './lambda/logs.ts';
import { createMailbox } from './messages.ts';
import { createS3 } from './s3/s3.ts';
import { createSes } from './ses/ses.ts';
import { createSns } from './sns/sns.ts';
import { createSqs } from './sqs/sqs.ts';
import { createQueues } from './sqs/queues.ts';
import { createSsm } from './ssm/ssm.ts';
import { openState, type State } from './state.ts';
import { loadAssembly } from './template/assembly.ts';
import { resolveTemplate, type StackTemplate } from './template/template.ts';

/** How to start the stack. */
export interface LocalOptions {
  /** A cloud assembly, as `cdk synth` writes it. */
  assembly: string;
  /** The port of every AWS service. @default - a free one */
  port?: number;
  /** Where state is kept. @default - in memory, for this run */
  data?: string;
  /** Where the portal is served, told in the outputs. @default - http://localhost:3000 */
  portalUrl?: string;
  /** Fills the stack before it says that it is ready; not again in a data directory that was filled. @default - nothing */
  seed?(stack: LocalStack): Promise<void>;
  /** Told of failures of the machine itself. @default - console.error */
  reportFailure?(error: unknown): void;
}

/** The running stack. */
export interface LocalStack {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  outputs: LocalOutputs;
  /** May call every operation. */
  operatorCredentials: Credentials;
  /** What the stack has and this machine does not run. */
  notShown: string[];
  /** Whether a former run left its state in the data directory. */
  resumed: boolean;
  stop(): Promise<void>;
}

/** Starts every service of a synthesized stack on one port of this machine. */
export async function startLocal(options: LocalOptions): Promise<LocalStack> {
  const assembly = loadAssembly(options.assembly);
  const state = openState(options.data);
  const past = state.section('machine', () => ({ starts: 0, clockOffsetMs: 0, filled: false }));
  const resumed = past.value.starts > 0;
  past.value.starts += 1;
  const clock = createClock(past.value.clockOffsetMs);
  const closers: (() => unknown)[] = [() => state.save()];
  const stop = once(async () => {
    for (const close of closers.reverse()) await close();
  });
  try {
    const gateway = await openGateway(options.port ?? 0);
    closers.push(() => gateway.close());
    const place = {
      region: 'us-east-1', account: '000000000000', partition: 'aws', stackName: assembly.stackName,
      endpoint: `http://127.0.0.1:${gateway.port}`, publicEndpoint: `http://localhost:${gateway.port}`,
    };
    const template = resolveTemplate(assembly.template, place);
    const roles = readRoles(template);
    const principals = createPrincipals(roles, place);
    const logs = createFunctionLogs();
    const reportFailure = options.reportFailure ?? ((error: unknown) => console.error(error));
    const lambda = createLambda(readFunctions(template, assembly), { place, clock, logs, mayInvoke: readInvokePermissions(template), credentialsOf: (role) => principals.credentialsOf(role) });
    closers.push(() => lambda.stop());
    const [{ connection, tables }, cognito] = await Promise.all([startTables(template, options.data, closers), startCognito(template, clock, state, lambda)]);
    const queues = createQueues(template, clock, state);
    const eventSources = startEventSources({ template, lambda, queues, tables, connection, clock, roles, reportFailure });
    closers.push(() => eventSources.stop());
    const mailbox = createMailbox(clock, state);
    const api = readApi(template);
    const outputs = outputsOf(template, cognito, tables, api?.stage, options.portalUrl);
    let ready = false;
    const control = createControl({
      outputs, clock, faults: cognito.faults, logs, mailbox, isReady: () => ready,
      clockMoved() {
        past.value.clockOffsetMs = clock.now() - Date.now();
        past.changed();
      },
    });
    gateway.serve({
      principals, faults: cognito.faults, reportFailure,
      functionOfRole: (roleArn) => lambda.definitions.find((definition) => definition.roleArn === roleArn)?.id,
      aws: {
        cognito: cognito.service,
        dynamodb: createDynamoDb(connection, place, () => eventSources.tablesWritten()),
        kms: createKms(template, state),
        ses: createSes(template, mailbox),
        sns: createSns(place, mailbox),
        sqs: createSqs(queues, place),
        ssm: createSsm(template),
        s3: createS3(template, options.data),
      },
      web: [control, jwksOf(cognito), ...(api === undefined ? [] : [createApiGateway(api, template, { lambda, clock, authorize: createAuthorizer(cognito, clock) })])],
    });
    const stack: LocalStack = { endpoint: place.endpoint, outputs, operatorCredentials: principals.operator, notShown: template.notShown, resumed, stop };
    if (options.seed !== undefined && !past.value.filled) {
      await options.seed(stack);
      past.value.filled = true;
      past.changed();
    }
    ready = true;
    lambda.warm().catch(reportFailure);
    return stack;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startTables(template: StackTemplate, data: string | undefined, closers: (() => unknown)[]): Promise<{ connection: Connection; tables: Table[] }> {
  const engine = await startEngine(data === undefined ? undefined : join(data, 'dynamodb.sqlite'));
  closers.push(() => engine.stop());
  const connection = connect(engine);
  closers.push(() => connection.close());
  return { connection, tables: await createTables(template, connection) };
}

async function startCognito(template: StackTemplate, clock: Clock, state: State, lambda: Lambda): Promise<Cognito & { faults: ReturnType<typeof createFaults> }> {
  const faults = createFaults();
  return { ...await createCognito({ template, clock, state, lambda, faults }), faults };
}

function outputsOf({ place, outputs }: StackTemplate, { pool }: Cognito, tables: Table[], stage: string | undefined, portalUrl = 'http://localhost:3000'): LocalOutputs {
  const named = Object.entries(outputs).filter(([name]) => name.endsWith('TableName')).map(([name, physical]) => [name.slice(0, -'TableName'.length), physical] as const);
  return {
    region: place.region,
    userPoolId: pool.id,
    userPoolClientId: outputs.UserPoolClientId ?? [...pool.clients.keys()][0] ?? '',
    cognitoUrl: place.publicEndpoint,
    apiUrl: `${place.publicEndpoint}/${stage ?? ''}`,
    portalUrl,
    tables: Object.fromEntries(named.length > 0 ? named : tables.map(({ logicalId, name }) => [logicalId, name])),
  };
}

function jwksOf({ pool, key }: Cognito): WebHandler {
  return ({ method, path }) => Promise.resolve(method === 'GET' && path === `/${pool.id}/.well-known/jwks.json`
    ? { status: 200, headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' }, body: JSON.stringify(key.jwks) }
    : undefined);
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}
