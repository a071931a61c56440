import { z } from 'zod';
import { AwsError } from '../gateway/aws-error.ts';
import type { Resource, StackTemplate } from '../template/template.ts';
import type { Connection } from './connection.ts';

const KeySchema = z.array(
  z.object({
    AttributeName: z.string(),
    KeyType: z.enum(['HASH', 'RANGE']),
  }),
);

const TableProperties = z.object({
  KeySchema,
  AttributeDefinitions: z.array(
    z.object({
      AttributeName: z.string(),
      AttributeType: z.enum(['S', 'N', 'B']),
    }),
  ),
  BillingMode: z.literal('PAY_PER_REQUEST', {
    error: 'the local machine has on-demand tables only',
  }),
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema,
        Projection: z.looseObject({ ProjectionType: z.string() }),
      }),
    )
    .optional(),
  LocalSecondaryIndexes: z
    .undefined({ error: 'local secondary indexes are not set up here' })
    .optional(),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
});

/** A table of the stack. */
export interface Table {
  logicalId: string;
  name: string;
  arn: string;
  streamArn: string;
  hasStream: boolean;
  /** The names of the key attributes. */
  keys: readonly string[];
}

/** Creates the stack's tables, except those that a former run left. */
export async function createTables(
  template: StackTemplate,
  connection: Connection,
): Promise<Table[]> {
  const resources = template.ofType('AWS::DynamoDB::Table');
  return await Promise.all(resources.map((resource) => createTable(resource, connection)));
}

async function createTable(resource: Resource, connection: Connection): Promise<Table> {
  const { logicalId, ref, attributes, properties } = resource;
  const parsed = TableProperties.safeParse(properties);
  if (!parsed.success)
    throw new Error(
      `The table ${logicalId} cannot be set up here: ${z.prettifyError(parsed.error)}`,
    );
  const { StreamSpecification, ...rest } = parsed.data;
  const stream = StreamSpecification && {
    StreamSpecification: { StreamEnabled: true, ...StreamSpecification },
  };
  await createUnlessThere(connection, {
    TableName: ref,
    ...rest,
    ...stream,
  });
  return {
    logicalId,
    name: ref,
    arn: attributes.Arn ?? '',
    streamArn: attributes.StreamArn ?? '',
    hasStream: stream !== undefined,
    keys: rest.KeySchema.map(({ AttributeName }) => AttributeName),
  };
}

async function createUnlessThere(connection: Connection, input: object): Promise<void> {
  try {
    await connection.call('DynamoDB_20120810.CreateTable', input);
  } catch (error) {
    if (!(error instanceof AwsError && error.code === 'ResourceInUseException')) throw error;
  }
}

/** Deletes the stack's tables, whatever engine holds them. */
export async function deleteTables(tables: Table[], connection: Connection): Promise<void> {
  for (const { name } of tables)
    await connection.call('DynamoDB_20120810.DeleteTable', { TableName: name });
}
