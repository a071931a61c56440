import { randomUUID } from 'node:crypto';
import type { LocalContext } from '../context.ts';
import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, Reply } from '../gateway/messages.ts';
import { queryReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { LocalService } from '../service.ts';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

type Inputs = Pick<LocalContext, 'place' | 'mailbox' | 'metrics' | 'faults' | 'clock'>;

/** SNS: text messages to phones. Topics are not shown. */
export function create(inputs: Inputs): LocalService {
  return {
    aws: {
      sns: async (call) => {
        if (call.operation !== 'Publish') throw unknownOperation('SNS', call.operation);
        return await Promise.resolve(publish(inputs, call));
      },
    },
  };
}

function publish(inputs: Inputs, call: AwsCall): Reply {
  const { place, mailbox, faults } = inputs;
  const form = new URLSearchParams(call.http.body.toString('utf8'));
  const topic = form.get('TopicArn') ?? form.get('TargetArn');
  const phone = form.get('PhoneNumber');
  authorise(call, place, {
    action: 'sns:Publish',
    resource: topic ?? phone ?? '*',
  });
  if (topic !== null) throw invalid('The local machine publishes to phones, not to topics.');
  if (phone === null || !/^\+[1-9]\d{6,14}$/.test(phone))
    throw invalid(
      `Invalid parameter: PhoneNumber Reason: ${phone ?? ''} is not valid to publish to`,
    );
  const text = form.get('Message') ?? '';
  if (text === '') throw invalid('Invalid parameter: Empty message');
  const isLost = faults.takeMessageFault('sns') === 'Delivery';
  measure(inputs, isLost);
  const MessageId = isLost
    ? randomUUID()
    : mailbox.deliver({
        channel: 'SMS',
        to: phone,
        from: senderOf(form),
        text,
      });
  return queryReply(NAMESPACE, 'Publish', { MessageId });
}

/** What a text to the US costs, about, with its carrier fee. */
const DOLLARS_PER_TEXT = 0.01;

/** Measures whether the carrier delivers a text, and what the month has cost so far. */
function measure({ metrics, clock }: Inputs, isLost: boolean): void {
  metrics.put('AWS/SNS', 'SMSSuccessRate', {}, isLost ? 0 : 1);
  const [month] = new Date(clock.now()).toISOString().split('-').slice(1);
  const before = metrics
    .read('SMSMonthToDateSpentUSD')
    .flatMap(({ minutes }) => minutes)
    .filter(({ minute }) => new Date(minute * 60_000).toISOString().split('-')[1] === month)
    .at(-1);
  metrics.put('AWS/SNS', 'SMSMonthToDateSpentUSD', {}, (before?.max ?? 0) + DOLLARS_PER_TEXT);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameter', message);
}

function senderOf(form: URLSearchParams): string {
  const attributes = messageAttributes(form);
  const number = attributes.get('AWS.MM.SMS.OriginationNumber');
  return number ?? attributes.get('AWS.SNS.SMS.SenderID') ?? 'SNS';
}

function messageAttributes(form: URLSearchParams): Map<string, string> {
  const attributes = new Map<string, string>();
  for (let index = 1; form.has(`MessageAttributes.entry.${index}.Name`); index += 1) {
    attributes.set(
      form.get(`MessageAttributes.entry.${index}.Name`) ?? '',
      form.get(`MessageAttributes.entry.${index}.Value.StringValue`) ?? '',
    );
  }
  return attributes;
}
