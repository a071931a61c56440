import { join } from 'node:path';
import { createApiGateway } from './apigateway/apigateway.ts';
import { readApi } from './apigateway/api.ts';
import { createAuthorizer } from './apigateway/authorizer.ts';
import { createClock } from './clock.ts';
import { createCloudFormation } from './cloudformation/cloudformation.ts';
import { createCognito, type Cognito } from './cognito/cognito.ts';
import { createTelephony } from './connect/telephony.ts';
import { createControl, type LocalOutputs } from './control/control.ts';
import { connect, type Connection } from './dynamodb/connection.ts';
import { createDevicesPage } from './devices-page/devices-page.ts';
import { startEngine } from './dynamodb/engine.ts';
import { createDynamoDb } from './dynamodb/service.ts';
import { createTables, type Table } from './dynamodb/tables.ts';
import { createCallCounts } from './gateway/call-counts.ts';
import { createFaults } from './gateway/faults.ts';
import { openGateway, type Gateway, type WebHandler } from './gateway/gateway.ts';
import { createPrincipals } from './iam/principals.ts';
import { readRoles } from './iam/roles.ts';
import { createKms } from './kms/kms.ts';
import { startEventSources } from './lambda/event-sources.ts';
import { readFunctions, readInvokePermissions } from './lambda/functions.ts';
import { createLambda, type Credentials } from './lambda/lambda.ts';
import { createFunctionLogs } from './lambda/logs.ts';
import { createMailbox } from './messages.ts';
import { createS3 } from './s3/s3.ts';
import { createSes } from './ses/ses.ts';
import { createSns } from './sns/sns.ts';
import { createSqs } from './sqs/sqs.ts';
import { createQueues } from './sqs/queues.ts';
import { createSsm } from './ssm/ssm.ts';
import { openState, type Section, type State } from './state.ts';
import { loadAssembly, type Assembly } from './template/assembly.ts';
import type { Place } from './template/place.ts';
import { resolveTemplate, type StackTemplate } from './template/template.ts';

/** How to start the stack. */
export interface LocalOptions {
  /** A cloud assembly, as `cdk synth` writes it. */
  assembly: string;
  /** The port of every AWS service. @default - a free one */
  port?: number;
  /** A port that is open already, instead of `port`: the stack serves it and closes it. @default - none */
  gateway?: Gateway;
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
  /** The template's own outputs. */
  stackOutputs: Record<string, string>;
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
  const past = state.section<Past>('machine', () => ({
    starts: 0,
    clockOffsetMs: 0,
    filled: false,
  }));
  const resumed = past.value.starts > 0;
  past.value.starts += 1;
  const closers: (() => unknown)[] = [() => state.close()];
  let ending = false;
  const stop = once(async () => {
    ending = true;
    for (const close of closers.reverse()) await close();
  });
  /** Work that the end cuts off is no failure. */
  const reportFailure = (error: unknown): void => {
    if (!ending) (options.reportFailure ?? console.error)(error);
  };
  try {
    const gateway = options.gateway ?? (await openGateway(options.port ?? 0));
    closers.push(() => gateway.close());
    const template = resolveTemplate(assembly.template, placeOf(assembly.stackName, gateway.port));
    const { lambda, telephony, outputs, operator, beReady } = await startServices({
      options: { ...options, reportFailure },
      template,
      assembly,
      state,
      past,
      gateway,
      closers,
    });
    const stack: LocalStack = {
      endpoint: template.place.endpoint,
      outputs,
      stackOutputs: template.outputs,
      operatorCredentials: operator,
      notShown: template.notShown,
      resumed,
      stop,
    };
    await fill(stack, options, past);
    telephony.tellCutOff();
    beReady();
    lambda.warm().catch(reportFailure);
    return stack;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a data directory knows of its former runs. */
interface Past {
  starts: number;
  clockOffsetMs: number;
  filled: boolean;
}

interface ServiceInputs {
  options: LocalOptions;
  template: StackTemplate;
  assembly: Assembly;
  state: State;
  past: Section<Past>;
  gateway: Gateway;
  /** Called in reverse order at the end. */
  closers: (() => unknown)[];
}

function placeOf(stackName: string, port: number): Place {
  return {
    region: 'us-east-1',
    account: '000000000000',
    partition: 'aws',
    stackName,
    endpoint: `http://127.0.0.1:${port}`,
    publicEndpoint: `http://localhost:${port}`,
  };
}

/** Puts every service behind the port. */
async function startServices({
  options,
  template,
  assembly,
  state,
  past,
  gateway,
  closers,
}: ServiceInputs) {
  const { place } = template;
  const reportFailure = options.reportFailure ?? console.error;
  const clock = createClock(past.value.clockOffsetMs);
  const roles = readRoles(template);
  const principals = createPrincipals(roles, place);
  const [logs, faults, mailbox, queues] = [
    createFunctionLogs(),
    createFaults(),
    createMailbox(clock, state),
    createQueues(template, clock, state),
  ];
  const lambda = createLambda(readFunctions(template, assembly), {
    place,
    clock,
    logs,
    mayInvoke: readInvokePermissions(template),
    credentialsOf: (role) => principals.credentialsOf(role),
  });
  closers.push(() => lambda.stop());
  const [{ connection, tables }, cognito] = await Promise.all([
    startTables(template, options.data, closers),
    createCognito({ template, clock, state, lambda, faults }),
  ]);
  const eventSources = startEventSources({
    template,
    lambda,
    queues,
    tables,
    connection,
    clock,
    roles,
    reportFailure,
  });
  closers.push(() => eventSources.stop());
  const telephony = createTelephony({ template, clock, state, lambda, faults, reportFailure });
  const [api, counts] = [readApi(template), createCallCounts()];
  const outputs = outputsOf(template, cognito, tables, api?.stage, options.portalUrl);
  let ready = false;
  const clockMoved = (): void => {
    past.value.clockOffsetMs = clock.now() - Date.now();
    past.changed();
  };
  gateway.serve({
    principals,
    faults,
    counts,
    reportFailure,
    functionOfRole: (roleArn) =>
      lambda.definitions.find((definition) => definition.roleArn === roleArn)?.id,
    aws: {
      cognito: cognito.service,
      dynamodb: createDynamoDb(connection, place, () => eventSources.tablesWritten()),
      kms: createKms(template, state),
      ses: createSes(template, mailbox),
      sns: createSns(place, mailbox),
      sqs: createSqs(queues, place),
      ssm: createSsm(template),
      s3: createS3(template, options.data),
      cloudformation: createCloudFormation(template),
      connect: telephony.service,
    },
    web: [
      counts.handler,
      telephony.routes,
      createControl({ outputs, clock, faults, logs, mailbox, isReady: () => ready, clockMoved }),
      jwksOf(cognito),
      createDevicesPage(),
      ...(api === undefined
        ? []
        : [
            createApiGateway({
              api,
              template,
              lambda,
              clock,
              authorize: createAuthorizer(cognito, clock),
            }),
          ]),
    ],
  });
  return {
    lambda,
    telephony,
    outputs,
    operator: principals.operator,
    beReady: () => {
      ready = true;
    },
  };
}

async function fill(
  stack: LocalStack,
  { seed, data }: LocalOptions,
  past: Section<Past>,
): Promise<void> {
  if (seed === undefined || past.value.filled) return;
  await seed(stack).catch((error: unknown) => {
    const remedy =
      data === undefined
        ? ''
        : ` If an earlier start was cut off while it filled ${data}, remove that directory and start again.`;
    throw new Error(
      `The stack cannot be filled: ${(error as Error).message.replace(/\.$/, '')}.${remedy}`,
      { cause: error },
    );
  });
  past.value.filled = true;
  past.changed();
}

async function startTables(
  template: StackTemplate,
  data: string | undefined,
  closers: (() => unknown)[],
): Promise<{ connection: Connection; tables: Table[] }> {
  const engine = await startEngine(data === undefined ? undefined : join(data, 'dynamodb.sqlite'));
  closers.push(() => engine.stop());
  const connection = connect(engine);
  closers.push(() => connection.close());
  return { connection, tables: await createTables(template, connection) };
}

function outputsOf(
  { place, outputs }: StackTemplate,
  { pool }: Cognito,
  tables: Table[],
  stage: string | undefined,
  portalUrl = 'http://localhost:3000',
): LocalOutputs {
  const named = Object.entries(outputs)
    .filter(([name]) => name.endsWith('TableName'))
    .map(([name, physical]) => [name.slice(0, -'TableName'.length), physical] as const);
  return {
    region: place.region,
    userPoolId: pool.id,
    userPoolClientId: outputs.UserPoolClientId ?? [...pool.clients.keys()][0] ?? '',
    cognitoUrl: place.publicEndpoint,
    apiUrl: `${place.publicEndpoint}/${stage ?? ''}`,
    portalUrl,
    tables: Object.fromEntries(
      named.length > 0 ? named : tables.map(({ logicalId, name }) => [logicalId, name]),
    ),
  };
}

function jwksOf({ pool, key }: Cognito): WebHandler {
  return ({ method, path }) =>
    Promise.resolve(
      method === 'GET' && path === `/${pool.id}/.well-known/jwks.json`
        ? {
            status: 200,
            headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
            body: JSON.stringify(key.jwks),
          }
        : undefined,
    );
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}
