import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Section, State } from '../state.ts';
import type { StackTemplate } from '../template/template.ts';

const QueueProperties = z.object({
  FifoQueue: z.literal(false, { error: 'the local machine has standard queues only' }).optional(),
  VisibilityTimeout: z.coerce.number().default(30),
  DelaySeconds: z.coerce.number().default(0),
  MessageRetentionPeriod: z.coerce.number().default(345_600),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
});

/** A message as a queue keeps it. Times are in milliseconds. */
export interface StoredMessage {
  id: string;
  body: string;
  attributes: Record<string, unknown>;
  sentAt: number;
  visibleAt: number;
  receiveCount: number;
  receiptHandle?: string;
}

/** One standard queue. */
export interface Queue {
  url: string;
  name: string;
  arn: string;
  visibilitySeconds: number;
  send(body: string, options?: { delaySeconds?: number | undefined; attributes?: Record<string, unknown> | undefined }): StoredMessage;
  receive(max: number, visibilitySeconds?: number): StoredMessage[];
  remove(receiptHandle: string): void;
  hide(receiptHandle: string, seconds: number): void;
  counts(): { visible: number; inFlight: number };
  /** Calls back soon after messages become visible. */
  onVisible(callback: () => void): void;
}

/** The stack's queues. */
export interface Queues {
  byUrl(url: string): Queue | undefined;
  byArn(arn: string): Queue | undefined;
}

export function createQueues(template: StackTemplate, clock: Clock, state: State): Queues {
  const section = state.section<Record<string, StoredMessage[]>>('queues', () => ({}));
  const byArn = new Map<string, Queue>();
  for (const { logicalId, ref, attributes, properties } of template.ofType('AWS::SQS::Queue')) {
    const parsed = QueueProperties.safeParse(properties);
    if (!parsed.success) throw new Error(`The queue ${logicalId} cannot run here: ${z.prettifyError(parsed.error)}`);
    const identity = { url: ref, name: attributes.QueueName ?? '', arn: attributes.Arn ?? '' };
    byArn.set(identity.arn, createQueue(identity, parsed.data, { clock, section, deadLetters: (arn) => byArn.get(arn) }));
  }
  const queues = [...byArn.values()];
  return {
    byArn: (arn) => byArn.get(arn),
    byUrl: (url) => queues.find((queue) => queue.url === url || url.endsWith(`/${queue.name}`)),
  };
}

interface QueueInputs {
  clock: Clock;
  section: Section<Record<string, StoredMessage[]>>;
  deadLetters(arn: string): Queue | undefined;
}

function createQueue(identity: Pick<Queue, 'url' | 'name' | 'arn'>, settings: z.infer<typeof QueueProperties>, { clock, section, deadLetters }: QueueInputs): Queue {
  const listeners: (() => void)[] = [];
  const messages = (): StoredMessage[] => (section.value[identity.name] ??= []);
  const keep = (kept: StoredMessage[]): void => {
    section.value[identity.name] = kept;
    section.changed();
  };
  const announce = (message: StoredMessage): void => {
    clock.when(message.visibleAt, () => listeners.forEach((listener) => listener()));
  };
  const byHandle = (handle: string): StoredMessage | undefined => messages().find(({ receiptHandle }) => receiptHandle === handle);
  /** What was received too often moves on; what is too old is gone. */
  const sweep = (): void => {
    const redrive = settings.RedrivePolicy;
    const now = clock.now();
    const kept = messages().filter((message) => {
      if (message.sentAt + settings.MessageRetentionPeriod * 1000 <= now) return false;
      if (redrive === undefined || message.visibleAt > now || message.receiveCount < redrive.maxReceiveCount) return true;
      deadLetters(redrive.deadLetterTargetArn)?.send(message.body, { attributes: message.attributes });
      return false;
    });
    if (kept.length < messages().length) keep(kept);
  };
  return {
    ...identity,
    visibilitySeconds: settings.VisibilityTimeout,
    send(body, { delaySeconds = settings.DelaySeconds, attributes = {} } = {}) {
      const now = clock.now();
      const message: StoredMessage = { id: randomUUID(), body, attributes, sentAt: now, visibleAt: now + delaySeconds * 1000, receiveCount: 0 };
      keep([...messages(), message]);
      announce(message);
      return message;
    },
    receive(max, visibilitySeconds = settings.VisibilityTimeout) {
      sweep();
      const now = clock.now();
      const received = messages().filter(({ visibleAt }) => visibleAt <= now).slice(0, max);
      for (const message of received) {
        Object.assign(message, { visibleAt: now + visibilitySeconds * 1000, receiveCount: message.receiveCount + 1, receiptHandle: randomUUID() });
        announce(message);
      }
      if (received.length > 0) section.changed();
      return received.map((message) => ({ ...message }));
    },
    remove: (handle) => keep(messages().filter(({ receiptHandle }) => receiptHandle !== handle)),
    hide(handle, seconds) {
      const message = byHandle(handle);
      if (message === undefined) return;
      message.visibleAt = clock.now() + seconds * 1000;
      section.changed();
      announce(message);
    },
    counts() {
      const now = clock.now();
      const visible = messages().filter(({ visibleAt }) => visibleAt <= now).length;
      return { visible, inFlight: messages().length - visible };
    },
    onVisible(callback) {
      listeners.push(callback);
      messages().forEach(announce);
    },
  };
}

/** The MD5 by which clients check bodies. */
export function bodyMd5(body: string): string {
  return createHash('md5').update(body, 'utf8').digest('hex');
}
