import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Section, State } from '../state.ts';
import type { StackTemplate } from '../template/template.ts';

const QueueProperties = z.object({
  FifoQueue: z.literal(false, { error: 'the local machine has standard queues only' }).optional(),
  VisibilityTimeout: z.coerce.number().default(30),
  DelaySeconds: z.coerce.number().default(0),
  MessageRetentionPeriod: z.coerce.number().default(345_600),
  RedrivePolicy: z
    .object({
      deadLetterTargetArn: z.string(),
      maxReceiveCount: z.coerce.number(),
    })
    .optional(),
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

/** What may be set for one message. */
interface SendOptions {
  delaySeconds?: number;
  attributes?: Record<string, unknown>;
}

/** One standard queue. */
export interface Queue {
  url: string;
  name: string;
  arn: string;
  visibilitySeconds: number;
  send: (body: string, options?: SendOptions) => StoredMessage;
  receive: (max: number, visibilitySeconds?: number) => StoredMessage[];
  remove: (receiptHandle: string) => void;
  hide: (receiptHandle: string, seconds: number) => void;
  counts: () => { visible: number; inFlight: number };
  /** The age of the oldest message, without those that are in their first delivery. */
  oldestSeconds: () => number;
  /** Calls back soon after messages become visible. */
  onVisible: (callback: () => void) => void;
}

/** The stack's queues. */
export interface Queues {
  byUrl: (url: string) => Queue | undefined;
  byArn: (arn: string) => Queue | undefined;
  all: () => Queue[];
}

export function createQueues(template: StackTemplate, clock: Clock, state: State): Queues {
  const section = state.section<Record<string, StoredMessage[]>>('queues', () => ({}));
  const byArn = new Map<string, Queue>();
  for (const { logicalId, ref, attributes, properties } of template.ofType('AWS::SQS::Queue')) {
    const parsed = QueueProperties.safeParse(properties);
    if (!parsed.success)
      throw new Error(`The queue ${logicalId} cannot run here: ${z.prettifyError(parsed.error)}`);
    const identity = {
      url: ref,
      name: attributes.QueueName ?? '',
      arn: attributes.Arn ?? '',
    };
    byArn.set(
      identity.arn,
      new StandardQueue(identity, parsed.data, {
        clock,
        section,
        deadLetters: (arn) => byArn.get(arn),
      }),
    );
  }
  const queues = [...byArn.values()];
  return {
    byArn: (arn) => byArn.get(arn),
    all: () => queues,
    byUrl: (url) => queues.find((queue) => queue.url === url || url.endsWith(`/${queue.name}`)),
  };
}

type QueueSettings = z.infer<typeof QueueProperties>;

interface QueueInputs {
  clock: Clock;
  section: Section<Record<string, StoredMessage[]>>;
  deadLetters: (arn: string) => Queue | undefined;
}

class StandardQueue implements Queue {
  readonly url: string;
  readonly name: string;
  readonly arn: string;
  readonly visibilitySeconds: number;
  readonly #settings: QueueSettings;
  readonly #inputs: QueueInputs;
  readonly #listeners: (() => void)[] = [];

  constructor(
    { url, name, arn }: Pick<Queue, 'url' | 'name' | 'arn'>,
    settings: QueueSettings,
    inputs: QueueInputs,
  ) {
    this.url = url;
    this.name = name;
    this.arn = arn;
    this.visibilitySeconds = settings.VisibilityTimeout;
    this.#settings = settings;
    this.#inputs = inputs;
  }

  send(
    body: string,
    { delaySeconds = this.#settings.DelaySeconds, attributes = {} }: SendOptions = {},
  ): StoredMessage {
    const now = this.#inputs.clock.now();
    const message: StoredMessage = {
      id: randomUUID(),
      body,
      attributes,
      sentAt: now,
      visibleAt: now + delaySeconds * 1000,
      receiveCount: 0,
    };
    this.#keep([...this.#messages(), message]);
    this.#announce(message);
    return message;
  }

  receive(max: number, visibilitySeconds = this.visibilitySeconds): StoredMessage[] {
    this.#sweep();
    const now = this.#inputs.clock.now();
    const received = this.#messages()
      .filter(({ visibleAt }) => visibleAt <= now)
      .slice(0, max);
    for (const message of received) {
      Object.assign(message, {
        visibleAt: now + visibilitySeconds * 1000,
        receiveCount: message.receiveCount + 1,
        receiptHandle: randomUUID(),
      });
      this.#announce(message);
    }
    if (received.length > 0) this.#inputs.section.changed();
    return received.map((message) => ({ ...message }));
  }

  remove(receiptHandle: string): void {
    this.#keep(this.#messages().filter((message) => message.receiptHandle !== receiptHandle));
  }

  hide(receiptHandle: string, seconds: number): void {
    const message = this.#messages().find((candidate) => candidate.receiptHandle === receiptHandle);
    if (message === undefined) return;
    message.visibleAt = this.#inputs.clock.now() + seconds * 1000;
    this.#inputs.section.changed();
    this.#announce(message);
  }

  counts(): { visible: number; inFlight: number } {
    const now = this.#inputs.clock.now();
    const visible = this.#messages().filter(({ visibleAt }) => visibleAt <= now).length;
    return {
      visible,
      inFlight: this.#messages().length - visible,
    };
  }

  oldestSeconds(): number {
    const now = this.#inputs.clock.now();
    const ages = this.#messages()
      .filter(({ visibleAt, receiveCount }) => visibleAt <= now || receiveCount > 1)
      .map(({ sentAt }) => (now - sentAt) / 1000);
    return Math.max(0, ...ages);
  }

  onVisible(callback: () => void): void {
    this.#listeners.push(callback);
    for (const message of this.#messages()) this.#announce(message);
  }

  /** Moves messages that were received too often to the dead letters, and drops old ones. */
  #sweep(): void {
    const { RedrivePolicy: redrive, MessageRetentionPeriod } = this.#settings;
    const now = this.#inputs.clock.now();
    const kept = this.#messages().filter((message) => {
      if (message.sentAt + MessageRetentionPeriod * 1000 <= now) return false;
      if (
        redrive === undefined ||
        message.visibleAt > now ||
        message.receiveCount < redrive.maxReceiveCount
      )
        return true;
      this.#inputs
        .deadLetters(redrive.deadLetterTargetArn)
        ?.send(message.body, { attributes: message.attributes });
      return false;
    });
    if (kept.length < this.#messages().length) this.#keep(kept);
  }

  #announce({ visibleAt }: StoredMessage): void {
    this.#inputs.clock.when(visibleAt, () => this.#listeners.forEach((listener) => listener()));
  }

  #messages(): StoredMessage[] {
    return (this.#inputs.section.value[this.name] ??= []);
  }

  #keep(messages: StoredMessage[]): void {
    this.#inputs.section.value[this.name] = messages;
    this.#inputs.section.changed();
  }
}
