/** Sends e-mail and text messages, and collects bounces and complaints. */
import { Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../lambdas/ground/platform/environment-names.ts';
import type { PortalFunction } from './portal-function.ts';

export interface MessagingProps {
  readonly stage: string;
  /** Encrypts the topic of bounces and complaints. */
  readonly key: IKey;
  /** The only address that messages come from. */
  readonly senderEmail: string;
  /** The verified SES identity behind it: the address or its domain. */
  readonly sesIdentity: string;
}

export class Messaging extends Construct {
  /** Publishes bounces, complaints and rejections. */
  readonly mailEvents: Topic;
  private readonly configurationSetName: string;
  private readonly senderEmail: string;
  private readonly sesIdentity: string;

  constructor(
    scope: Construct,
    id: string,
    { stage, key, senderEmail, sesIdentity }: MessagingProps,
  ) {
    super(scope, id);
    this.senderEmail = senderEmail;
    this.sesIdentity = sesIdentity;
    this.configurationSetName = `portal-auth-${stage}`;
    this.mailEvents = new Topic(this, 'MailEvents', {
      masterKey: key,
      enforceSSL: true,
      displayName: 'Portal Auth: bounces and complaints',
    });
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: this.configurationSetName,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    configurationSet.addEventDestination('MailEvents', {
      destination: EventDestination.snsTopic(this.mailEvents),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT, EmailSendingEvent.REJECT],
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
