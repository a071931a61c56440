import type { LocalContext } from '../context.ts';
import type { AwsCall, Reply } from '../gateway/messages.ts';

export type Inputs = Pick<LocalContext, 'template' | 'place' | 'clock'>;

/** An operation that describes something, and the right that it needs. */
export interface Description {
  reply: (inputs: Inputs, call: AwsCall) => Reply;
  /** The resource that IAM authorizes it on. */
  resource: (inputs: Inputs, call: AwsCall) => string;
  /** @default - the operation's name after the service's */
  action?: string;
}

/** One that IAM authorizes on every resource or none. */
export function onEverything(reply: Description['reply']): Description {
  return { reply, resource: () => '*' };
}
