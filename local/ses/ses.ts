import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { LocalContext } from '../context.ts';
import { definite } from '../definite.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, Reply } from '../gateway/messages.ts';
import { queryReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import { refusal } from '../iam/principals.ts';
import { requestContext } from '../iam/request-context.ts';
import type { LocalService } from '../service.ts';
import { arnOf, type Place } from '../template/place.ts';

const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

type Inputs = Pick<
  LocalContext,
  'template' | 'place' | 'mailbox' | 'metrics' | 'faults' | 'events' | 'clock'
>;

/** SES, version 1 of its API: SendEmail. What it accepts is in the mailbox at once. */
export function create(inputs: Inputs): LocalService {
  const configurationSets = new Set(
    inputs.template.ofType('AWS::SES::ConfigurationSet').map(({ ref }) => ref),
  );
  return {
    aws: {
      ses: async (call) => {
        if (call.operation !== 'SendEmail') throw unknownOperation('SES', call.operation);
        return await Promise.resolve(sendEmail(inputs, configurationSets, call));
      },
    },
  };
}

function sendEmail(inputs: Inputs, configurationSets: ReadonlySet<string>, call: AwsCall): Reply {
  const { place, mailbox } = inputs;
  const form = new URLSearchParams(call.http.body.toString('utf8'));
  const from = required(form, 'Source');
  const configurationSet = form.get('ConfigurationSetName');
  authoriseSending(call, place, from, configurationSet);
  if (configurationSet !== null && !configurationSets.has(configurationSet))
    throw new AwsError(
      'ConfigurationSetDoesNotExist',
      `Configuration set <${configurationSet}> does not exist.`,
    );
  const to = recipient(form);
  const fate = fateOf(to) ?? inputs.faults.takeMessageFault('ses');
  const message = {
    channel: 'EMAIL' as const,
    to,
    from,
    subject: required(form, 'Message.Subject.Data'),
    text: form.get('Message.Body.Text.Data') ?? '',
    ...definite({ html: form.get('Message.Body.Html.Data') ?? undefined }),
  };
  const id = fate === 'Bounce' ? randomUUID() : mailbox.deliver(message);
  follow(inputs, { id, to, fate, tags: tagsOf(form) });
  return queryReply(NAMESPACE, 'SendEmail', { MessageId: id });
}

/** The addresses of SES's mailbox simulator, which everybody may send to. */
function fateOf(address: string): Fate | undefined {
  const [, simulated] =
    /^(bounce|complaint)(?:\+[^@]*)?@simulator\.amazonses\.com$/.exec(address) ?? [];
  return simulated === undefined ? undefined : simulated === 'bounce' ? 'Bounce' : 'Complaint';
}

type Fate = ReturnType<Inputs['faults']['takeMessageFault']>;

/** AWS computes reputation over a representative volume: here, over at least so many e-mails. */
const REPRESENTATIVE = 100;

/** A message that was accepted. */
interface Sent {
  id: string;
  to: string;
  fate: Fate | undefined;
  tags: Record<string, string[]>;
}

/** The message's tags, and the one that SES adds. */
function tagsOf(form: URLSearchParams): Record<string, string[]> {
  const tags: Record<string, string[]> = {};
  const configurationSet = form.get('ConfigurationSetName');
  if (configurationSet !== null) tags['ses:configuration-set'] = [configurationSet];
  for (let index = 1; form.has(`Tags.member.${index}.Name`); index += 1)
    tags[form.get(`Tags.member.${index}.Name`) ?? ''] = [
      form.get(`Tags.member.${index}.Value`) ?? '',
    ];
  return tags;
}

/** Measures a message, and publishes what became of it. */
function follow({ template, metrics, events, clock }: Inputs, { id, to, fate, tags }: Sent): void {
  metrics.put('AWS/SES', 'Send', {}, 1);
  const timestamp = new Date(clock.now()).toISOString();
  const mail = {
    messageId: id,
    destination: [to],
    timestamp,
    tags,
  };
  const recipients = [{ emailAddress: to }];
  if (fate === 'Bounce') {
    metrics.put('AWS/SES', 'Bounce', {}, 1);
    const bounce = {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: recipients,
    };
    if (isPublished(template, tags, 'bounce'))
      events.publish({
        source: 'aws.ses',
        detailType: 'Email Bounced',
        detail: { eventType: 'Bounce', mail, bounce },
      });
  }
  if (fate === 'Complaint') {
    metrics.put('AWS/SES', 'Complaint', {}, 1);
    const complaint = { complainedRecipients: recipients, complaintFeedbackType: 'abuse' };
    if (isPublished(template, tags, 'complaint'))
      events.publish({
        source: 'aws.ses',
        detailType: 'Email Complaint Received',
        detail: { eventType: 'Complaint', mail, complaint },
      });
  }
  for (const [name, reputation] of [
    ['Bounce', 'Reputation.BounceRate'],
    ['Complaint', 'Reputation.ComplaintRate'],
  ] as const)
    metrics.put('AWS/SES', reputation, {}, total(metrics, name) / representative(metrics));
}

const Destination = z.object({
  ConfigurationSetName: z.unknown(),
  EventDestination: z.object({
    Enabled: z.unknown(),
    MatchingEventTypes: z.array(z.string()).default([]),
    EventBridgeDestination: z.unknown(),
  }),
});

/** Whether a destination of the message's configuration set has such events go to EventBridge. */
function isPublished(
  template: Inputs['template'],
  tags: Sent['tags'],
  type: 'bounce' | 'complaint',
): boolean {
  const [configurationSet] = tags['ses:configuration-set'] ?? [];
  return template
    .ofType('AWS::SES::ConfigurationSetEventDestination')
    .map(({ properties }) => Destination.parse(properties))
    .some(
      ({ ConfigurationSetName, EventDestination: { Enabled, ...to } }) =>
        ConfigurationSetName === configurationSet &&
        String(Enabled) === 'true' &&
        to.EventBridgeDestination !== undefined &&
        to.MatchingEventTypes.includes(type),
    );
}

function total(metrics: Inputs['metrics'], name: string): number {
  return metrics
    .read(name)
    .filter(({ namespace }) => namespace === 'AWS/SES')
    .flatMap(({ minutes }) => minutes)
    .reduce((sum, minute) => sum + minute.sum, 0);
}

function representative(metrics: Inputs['metrics']): number {
  return Math.max(REPRESENTATIVE, total(metrics, 'Send'));
}

function recipient(form: URLSearchParams): string {
  const to = form.get('Destination.ToAddresses.member.1');
  if (to === null || form.has('Destination.ToAddresses.member.2'))
    throw new AwsError('InvalidParameterValue', 'The local machine sends to exactly one address.');
  if (!/^[^\s@]+@[^\s@]+$/.test(to)) throw new AwsError('InvalidParameterValue', 'Illegal address');
  return to;
}

/**
 * Requires permission on the sender's identity, which is its address or its domain,
 * and on the configuration set.
 */
function authoriseSending(
  call: AwsCall,
  place: Place,
  source: string,
  configurationSet: string | null,
): void {
  const address = /<([^>]+)>/.exec(source)?.[1] ?? source;
  const context = {
    'ses:FromAddress': address,
    'ses:FromDisplayName': /^\s*"?([^"<]*?)"?\s*</.exec(source)?.[1],
    'ses:ApiVersion': '1',
    'ses:FeedbackAddress': undefined,
  };
  const action = 'ses:SendEmail';
  const domain = address.slice(address.indexOf('@') + 1);
  const identities = [address, domain].map((name) => arnOf(place, 'ses', `identity/${name}`));
  const all = requestContext(call.principal, place, context);
  const allowed = identities.find(
    (resource) => refusal(call.principal, { action, resource, context: all }) === undefined,
  );
  authorise(call, place, {
    action,
    resource: allowed ?? identities[1] ?? '',
    context,
  });
  if (configurationSet !== null) {
    const resource = arnOf(place, 'ses', `configuration-set/${configurationSet}`);
    authorise(call, place, { action, resource, context });
  }
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '')
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value at '${name}' failed to satisfy constraint: ` +
        'Member must not be null',
    );
  return value;
}
