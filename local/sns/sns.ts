import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsService } from '../gateway/messages.ts';
import { queryReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import type { Mailbox } from '../messages.ts';
import type { Place } from '../template/place.ts';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** SNS: text messages to phones. Topics are not shown. */
export function createSns(place: Place, mailbox: Mailbox): AwsService {
  return (call) => {
    if (call.operation !== 'Publish') throw unknownOperation('SNS', call.operation);
    const form = new URLSearchParams(call.http.body.toString('utf8'));
    const topic = form.get('TopicArn') ?? form.get('TargetArn');
    const phone = form.get('PhoneNumber');
    authorise(call, place, 'sns:Publish', topic ?? phone ?? '*');
    if (topic !== null)
      throw new AwsError(
        'InvalidParameter',
        'The local machine publishes to phones, not to topics.',
      );
    if (phone === null || !/^\+[1-9]\d{6,14}$/.test(phone))
      throw new AwsError(
        'InvalidParameter',
        `Invalid parameter: PhoneNumber Reason: ${phone ?? ''} is not valid to publish to`,
      );
    const text = form.get('Message') ?? '';
    if (text === '') throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message');
    const attributes = messageAttributes(form);
    const from =
      attributes.get('AWS.MM.SMS.OriginationNumber') ??
      attributes.get('AWS.SNS.SMS.SenderID') ??
      'SNS';
    return Promise.resolve(
      queryReply(NAMESPACE, 'Publish', {
        MessageId: mailbox.deliver({ channel: 'SMS', to: phone, from, text }),
      }),
    );
  };
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
