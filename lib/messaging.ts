/** Sends e-mail and text messages, and collects bounces and complaints. */
import { Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { PortalFunction } from './portal-function.ts';

export interface MessagingProps {
  readonly stage: string;
  /** The only address that messages come from. */
  readonly senderEmail: string;
  /** The verified SES identity behind it: the address or its domain. */
  readonly sesIdentity: string;
}

export class Messaging extends Construct {
  readonly configurationSetName: string;
  private readonly senderEmail: string;
  private readonly sesIdentity: string;

  constructor(scope: Construct, id: string, { stage, senderEmail, sesIdentity }: MessagingProps) {
    super(scope, id);
    this.senderEmail = senderEmail;
    this.sesIdentity = sesIdentity;
    this.configurationSetName = `portal-auth-${stage}`;
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.configurationSetName,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    configurationSet.addEventDestination('MailEvents', {
      destination: EventDestination.eventBus(
        EventBus.fromEventBusName(this, 'DefaultBus', 'default'),
      ),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT, EmailSendingEvent.REJECT],
    });
  }

  /** Has a function record bounces and complaints of this stage's mail. */
  reportTo(fn: PortalFunction): void {
    new Rule(this, 'Bounces', {
      description: 'Portal Auth: e-mails that bounce or are reported as spam',
      eventPattern: {
        source: ['aws.ses'],
        detailType: ['Email Bounced', 'Email Complaint Received'],
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSetName] } } },
      },
      targets: [new LambdaFunction(fn)],
    });
  }

  /** Lets a function send e-mail, from the portal's address only. */
  grantSendEmail(fn: PortalFunction): void {
    const { partition, region, account } = Stack.of(this);
    const ses = `arn:${partition}:ses:${region}:${account}`;
    fn.allow(
      ['ses:SendEmail'],
      [
        `${ses}:identity/${this.sesIdentity}`,
        `${ses}:configuration-set/${this.configurationSetName}`,
      ],
      {
        StringEquals: { 'ses:FromAddress': this.senderEmail },
      },
    );
    fn.addEnvironment(ENVIRONMENT.emailConfigurationSet, this.configurationSetName);
  }

  /**
   * Lets a function send text messages. SNS has no resource for a phone number, so every resource
   * is allowed and every topic is denied.
   */
  grantSendText(fn: PortalFunction): void {
    fn.allow(['sns:Publish'], ['*']);
    fn.deny(['sns:Publish'], [`arn:${Stack.of(this).partition}:sns:*:*:*`]);
  }
}
