import { z } from 'zod';
import type { Resource } from '../template/template.ts';
import { describes, type Descriptions, type Inputs } from './description.ts';

/** A key by its ID, its ARN or an alias. */
const KeyRequest = z.object({ KeyId: z.string() });

function keyOf({ template }: Inputs, { KeyId }: z.infer<typeof KeyRequest>): Resource | undefined {
  const alias = template.ofType('AWS::KMS::Alias').find(({ ref }) => ref === KeyId);
  const name = alias?.properties.TargetKeyId ?? KeyId;
  return template
    .ofType('AWS::KMS::Key')
    .find(({ ref, attributes }) => name === ref || name === attributes.Arn);
}

export const keyDescriptions: Descriptions = {
  DescribeKey: describes(KeyRequest, {
    resource: (inputs, request) => keyOf(inputs, request)?.attributes.Arn ?? '*',
    reply: (inputs, request) => {
      const KeyState = keyOf(inputs, request) === undefined ? undefined : 'Enabled';
      return { KeyMetadata: { KeyId: request.KeyId, KeyState } };
    },
  }),
};
