/** The shapes of settings for addresses: the portal's and the HTTP API's. */
import * as z from 'zod';
import { domain, objectFault, text } from './setting-shapes.ts';

export const portalSite = z.strictObject(
  {
    /** For the host of the first portal origin. */
    certificateArn: text(
      'the ARN of an ACM certificate in us-east-1, where CloudFront looks',
      /^arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate\/[0-9a-f-]{36}$/,
    ),
  },
  objectFault('must be an object {certificateArn}'),
);

/** An address of one's own for the HTTP API. */
export const apiDomain = z.strictObject(
  {
    name: domain,
    certificateArn: text(
      'the ARN of an ACM certificate in the Region of the stage',
      /^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate\/[0-9a-f-]{36}$/,
    ),
    /** The hosted zone of Route 53 that gets the address. */
    hostedZoneId: text(
      'the ID of a hosted zone, such as Z0123456789ABC',
      /^Z[A-Z0-9]{5,31}$/,
    ).optional(),
  },
  objectFault('must be an object {name, certificateArn, hostedZoneId?}'),
);
