import type { LocalContext } from '../context.ts';
import { AwsError } from '../gateway/aws-error.ts';
import type { AwsService } from '../gateway/messages.ts';
import { jsonInput } from '../gateway/protocols.ts';
import { refusal } from '../iam/principals.ts';
import { requestContext } from '../iam/request-context.ts';
import type { LocalService } from '../service.ts';
import type { Place } from '../template/place.ts';
import { connect, type Connection } from './connection.ts';
import { Contention } from './contention.ts';
import { neededPermissions } from './needed-permissions.ts';
import { READS_STREAM, Stream } from './streams.ts';
import { createTables, deleteTables, type Table } from './tables.ts';

const READS = new Set([
  'GetItem',
  'BatchGetItem',
  'TransactGetItems',
  'Query',
  'Scan',
  'DescribeTable',
  'ListTables',
]);

/** DynamoDB: the stack's tables in a real engine, their permissions, and their streams. */
export async function create(context: LocalContext): Promise<LocalService> {
  const { keptEngine, template, place, contentionMs } = context;
  const engine = await keptEngine.open();
  const connection = connect(engine);
  const tables = await createTables(template, connection).catch((error: unknown) => {
    connection.close();
    throw error;
  });
  const streams = addStreams(context, connection, tables);
  const written = (): void => streams.forEach((stream) => stream.look());
  const keys = new Map(tables.map((table) => [table.name, table.keys]));
  const contention = new Contention(keys, contentionMs);
  return {
    aws: {
      dynamodb: createDynamoDb({
        connection,
        place,
        contention,
        written,
      }),
    },
    outputs: { tables: namesOf(tables, template.outputs) },
    async erase() {
      for (const stream of streams) stream.stop();
      await deleteTables(tables, connection);
      if (!(await engine.eraseStreams())) await keptEngine.stop();
    },
    close() {
      for (const stream of streams) stream.stop();
      connection.close();
    },
  };
}

function addStreams(context: LocalContext, connection: Connection, tables: Table[]): Stream[] {
  return tables
    .filter(({ hasStream }) => hasStream)
    .map((table) => {
      const stream = new Stream(table, connection, context);
      const feed = stream.feed.bind(stream);
      context.eventSources.set(table.streamArn, { actions: READS_STREAM, feed });
      return stream;
    });
}

/** The stack's outputs give tables readable names; a stack without outputs has logical names. */
function namesOf(tables: Table[], outputs: Record<string, string>): Record<string, string> {
  const suffix = 'TableName';
  const named = Object.entries(outputs)
    .filter(([name]) => name.endsWith(suffix))
    .map(([name, physical]) => [name.slice(0, -suffix.length), physical] as const);
  return Object.fromEntries(
    named.length > 0 ? named : tables.map(({ logicalId, name }) => [logicalId, name]),
  );
}

/** What is behind the operations. */
interface Behind {
  connection: Connection;
  place: Place;
  contention: Contention;
  /** Called after every operation that may have changed a table. */
  written: () => void;
}

/**
 * Passes operations on to the engine. A role of the stack is held to its policies;
 * any other caller is the developer whose machine this is.
 */
function createDynamoDb({ connection, place, contention, written }: Behind): AwsService {
  return async ({ operation, http, principal }) => {
    if (principal.kind === 'role') {
      const context = requestContext(principal, place);
      for (const needed of neededPermissions(operation, jsonInput(http), place, context)) {
        const reason = refusal(principal, needed);
        if (reason !== undefined) throw new AwsError('AccessDeniedException', reason);
      }
    }
    const reply = await contention.around(
      operation,
      () => jsonInput(http),
      () => connection.forward(`DynamoDB_20120810.${operation}`, http.body),
    );
    if (!READS.has(operation)) written();
    return reply;
  };
}
