import { z } from 'zod';
import { invalidParameter, missing } from './errors.ts';

/** One API operation, bound to its services: reads a request, then answers it. */
export type Operation<Services> = (services: Services) => (input: unknown) => Promise<object>;

/**
 * Makes an operation of the shape of its requests and of what it does with one.
 * `answer` names the services that the operation uses, and no others.
 */
export function operation<Services, Request>(
  shape: z.ZodType<Request>,
  answer: (services: Services, request: Request) => object | Promise<object>,
): Operation<Services> {
  return (services) => async (input) => await answer(services, readRequest(shape, input));
}

/** @throws AwsError InvalidParameterException */
function readRequest<Request>(shape: z.ZodType<Request>, input: unknown): Request {
  const parsed = shape.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? '');
  throw issue?.code === 'custom' ? invalidParameter(`${name} ${issue.message}.`) : missing(name);
}

/** A required string. */
export const text = z.string().min(1);

/** An optional string; clients send null or an empty string for none. */
export const optionalText = z
  .unknown()
  .transform((value) => (typeof value === 'string' && value !== '' ? value : undefined))
  .optional();

/** A map of strings, without the members that are null; empty if there is none. */
export const textMap = z
  .unknown()
  .transform((value, context) => {
    if (value === null || value === undefined) return {};
    if (typeof value === 'object' && !Array.isArray(value)) return onlyStrings(value);
    context.addIssue({ code: 'custom', message: 'is not a map of strings' });
    return z.NEVER;
  })
  .optional();

/** ClientMetadata for the triggers; absent if the client sent none. */
export const clientMetadata = z
  .unknown()
  .transform((value, context) => {
    if (value === null || value === undefined) return undefined;
    const parsed = textMap.safeParse(value);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'is not a map of strings' });
    return z.NEVER;
  })
  .optional();

/** Attributes on the wire. */
export const attributeList = z
  .unknown()
  .transform((value, context) => {
    const parsed = z.array(z.object({ Name: z.string(), Value: z.string().nullish() }));
    const list = parsed.safeParse(value ?? []);
    if (list.success) return list.data.map(({ Name, Value }) => ({ Name, Value: Value ?? '' }));
    context.addIssue({ code: 'custom', message: 'is not a list' });
    return z.NEVER;
  })
  .optional();

/** The members that every administrative request about one user has. */
export const UserRequest = z.object({ UserPoolId: text, Username: text });

function onlyStrings(value: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
