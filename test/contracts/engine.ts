/** A DynamoDB of its own for a test file, with the tables of the stack. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDatabase } from '../../lambdas/ground/platform/dynamo.client.ts';
import { connect } from '../../local/dynamodb/connection.ts';
import { startEngine } from '../../local/dynamodb/engine.ts';
import { INDEXES, TABLE_OF, TABLES, type TableShape } from '../fakes/memory-database.ts';

const keySchema = ({ partitionKey, sortKey }: TableShape) => [
  { AttributeName: partitionKey, KeyType: 'HASH' },
  ...(sortKey === undefined ? [] : [{ AttributeName: sortKey, KeyType: 'RANGE' }]),
];

function createTable(name: string, shape: TableShape): object {
  const indexes = Object.entries<TableShape>(INDEXES).filter(
    ([index]) => TABLE_OF[index as keyof typeof INDEXES] === name,
  );
  const shapes = [shape, ...indexes.map(([, index]) => index)];
  const attributes = shapes.flatMap(({ partitionKey, sortKey }) =>
    sortKey === undefined ? [partitionKey] : [partitionKey, sortKey],
  );
  const GlobalSecondaryIndexes = indexes.map(([IndexName, index]) => ({
    IndexName,
    KeySchema: keySchema(index),
    Projection: { ProjectionType: 'ALL' },
  }));
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(shape),
    AttributeDefinitions: [...new Set(attributes)].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes }),
  };
}

export async function openEngine(): Promise<{
  database: DynamoDatabase;
  stop: () => Promise<void>;
}> {
  const engine = await startEngine(undefined);
  const connection = connect(engine);
  for (const [name, shape] of Object.entries<TableShape>(TABLES))
    await connection.call('DynamoDB_20120810.CreateTable', createTable(name, shape));
  connection.close();
  const client = new DynamoDBClient({
    endpoint: `http://${engine.host}:${engine.port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const documents = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  return {
    database: new DynamoDatabase(documents),
    async stop() {
      documents.destroy();
      client.destroy();
      await engine.stop();
    },
  };
}
