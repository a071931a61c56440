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

type Inputs = Pick<LocalContext, 'template' | 'place' | 'mailbox'>;

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

function sendEmail(
  { place, mailbox }: Inputs,
  configurationSets: ReadonlySet<string>,
  call: AwsCall,
): Reply {
  const form = new URLSearchParams(call.http.body.toString('utf8'));
  const from = required(form, 'Source');
  const configurationSet = form.get('ConfigurationSetName');
  authoriseSending(call, place, from, configurationSet);
  if (configurationSet !== null && !configurationSets.has(configurationSet))
    throw new AwsError(
      'ConfigurationSetDoesNotExist',
      `Configuration set <${configurationSet}> does not exist.`,
    );
  const id = mailbox.deliver({
    channel: 'EMAIL',
    to: recipient(form),
    from,
    subject: required(form, 'Message.Subject.Data'),
    text: form.get('Message.Body.Text.Data') ?? '',
    ...definite({ html: form.get('Message.Body.Html.Data') ?? undefined }),
  });
  return queryReply(NAMESPACE, 'SendEmail', { MessageId: id });
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
  authorise(call, place, { action, resource: allowed ?? identities[1] ?? '', context });
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
