/**
 * What AWS says of an account and of the stack's resources when it is asked: the operations with
 * which operators examine a stage. They read the template, and an account in good order.
 */
import { unknownOperation } from '../gateway/aws-error.ts';
import type { AwsService, ServiceName } from '../gateway/messages.ts';
import type { LocalService } from '../service.ts';
import { apiGatewayDescriptions } from './apigateway.ts';
import { trailDescriptions } from './cloudtrail.ts';
import { cognitoDescriptions } from './cognito.ts';
import { connectDescriptions } from './connect.ts';
import type { Descriptions, Inputs } from './description.ts';
import { tableDescriptions } from './dynamodb.ts';
import { eventDescriptions } from './events.ts';
import { keyDescriptions } from './kms.ts';
import { lambdaDescriptions } from './lambda.ts';
import { quotaDescriptions } from './servicequotas.ts';
import { mailDescriptions } from './ses.ts';
import { textDescriptions } from './sns.ts';
import { firewallDescriptions } from './wafv2.ts';

const DESCRIPTIONS: Partial<Record<ServiceName, Descriptions>> = {
  ses: mailDescriptions,
  sns: textDescriptions,
  connect: connectDescriptions,
  cognito: cognitoDescriptions,
  kms: keyDescriptions,
  dynamodb: tableDescriptions,
  lambda: lambdaDescriptions,
  apigateway: apiGatewayDescriptions,
  wafv2: firewallDescriptions,
  servicequotas: quotaDescriptions,
  events: eventDescriptions,
  cloudtrail: trailDescriptions,
};

/** The services that only describe something here. */
export function create(): LocalService {
  const none: AwsService = (call) => Promise.reject(unknownOperation(call.service, call.operation));
  return {
    aws: {
      apigateway: none,
      wafv2: none,
      servicequotas: none,
      cloudtrail: none,
      events: none,
    },
  };
}

/** A service that also answers the operations which describe it. */
export function withDescriptions(name: ServiceName, run: AwsService, inputs: Inputs): AwsService {
  const descriptions = new Map(Object.entries(DESCRIPTIONS[name] ?? {}));
  return async (call) => {
    const description = descriptions.get(call.operation);
    return description === undefined ? await run(call) : description(inputs, call);
  };
}
