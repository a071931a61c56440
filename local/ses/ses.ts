import { AwsError, unknownOperation } from '../gateway/aws-error.ts';
import type { AwsCall, AwsService } from '../gateway/messages.ts';
import { queryReply } from '../gateway/protocols.ts';
import { authorise } from '../iam/authorise.ts';
import { refusal } from '../iam/principals.ts';
import { requestContext } from '../iam/request-context.ts';
import type { Mailbox } from '../messages.ts';
import { arnOf, type Place } from '../template/place.ts';
import type { StackTemplate } from '../template/template.ts';

const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

/** SES, version 1 of its API: SendEmail. Everything it accepts is delivered to the mailbox at once. */
export function createSes(template: StackTemplate, mailbox: Mailbox): AwsService {
  const configurationSets = new Set(
    template.ofType('AWS::SES::ConfigurationSet').map(({ ref }) => ref),
  );
  return (call) => {
    if (call.operation !== 'SendEmail') throw unknownOperation('SES', call.operation);
    const form = new URLSearchParams(call.http.body.toString('utf8'));
    const source = required(form, 'Source');
    const configurationSet = form.get('ConfigurationSetName');
    authoriseSending(call, template.place, source, configurationSet);
    if (configurationSet !== null && !configurationSets.has(configurationSet)) {
      throw new AwsError(
        'ConfigurationSetDoesNotExist',
        `Configuration set <${configurationSet}> does not exist.`,
      );
    }
    const to = form.get('Destination.ToAddresses.member.1');
    if (to === null || form.has('Destination.ToAddresses.member.2'))
      throw new AwsError(
        'InvalidParameterValue',
        'The local machine sends to exactly one address.',
      );
    if (!/^[^\s@]+@[^\s@]+$/.test(to))
      throw new AwsError('InvalidParameterValue', 'Illegal address');
    const html = form.get('Message.Body.Html.Data');
    const id = mailbox.deliver({
      channel: 'EMAIL',
      to,
      from: source,
      subject: required(form, 'Message.Subject.Data'),
      text: form.get('Message.Body.Text.Data') ?? '',
      ...(html === null ? {} : { html }),
    });
    return Promise.resolve(queryReply(NAMESPACE, 'SendEmail', { MessageId: id }));
  };
}

/** Permission is needed on the identity that the sender belongs to (its address or its domain) and on the configuration set. */
function authoriseSending(
  call: AwsCall,
  place: Place,
  source: string,
  configurationSet: string | null,
): void {
  const address = /<([^>]+)>/.exec(source)?.[1] ?? source;
  const displayName = /^\s*"?([^"<]*?)"?\s*</.exec(source)?.[1];
  const context = {
    'ses:FromAddress': address,
    'ses:FromDisplayName': displayName,
    'ses:ApiVersion': '1',
    'ses:FeedbackAddress': undefined,
  };
  const identities = [address, address.slice(address.indexOf('@') + 1)].map((identity) =>
    arnOf(place, 'ses', `identity/${identity}`),
  );
  const byDomain = identities.find(
    (resource) =>
      refusal(call.principal, {
        action: 'ses:SendEmail',
        resource,
        context: requestContext(call.principal, place, context),
      }) === undefined,
  );
  authorise(call, place, 'ses:SendEmail', byDomain ?? identities[1] ?? '', context);
  if (configurationSet !== null)
    authorise(
      call,
      place,
      'ses:SendEmail',
      arnOf(place, 'ses', `configuration-set/${configurationSet}`),
      context,
    );
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null || value === '')
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  return value;
}
