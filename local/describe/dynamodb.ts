import { z } from 'zod';
import type { Resource } from '../template/template.ts';
import { describes, type Descriptions, type Inputs } from './description.ts';

const TableRequest = z.object({ TableName: z.string() });

/** A table whose changes can be undone to a point in time. */
const Recoverable = z.object({
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.literal(true) }),
});

const tableOf = (
  { template }: Inputs,
  { TableName }: z.infer<typeof TableRequest>,
): Resource | undefined =>
  template.ofType('AWS::DynamoDB::Table').find(({ ref }) => ref === TableName);

export const tableDescriptions: Descriptions = {
  DescribeContinuousBackups: describes(TableRequest, {
    resource: (inputs, request) => tableOf(inputs, request)?.attributes.Arn ?? '*',
    reply: (inputs, request) => {
      const isOn = Recoverable.safeParse(tableOf(inputs, request)?.properties).success;
      return {
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription: {
            PointInTimeRecoveryStatus: isOn ? 'ENABLED' : 'DISABLED',
          },
        },
      };
    },
  }),
};
