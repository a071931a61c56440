import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnBasePathMapping, CfnDomainName, type Stage } from 'aws-cdk-lib/aws-apigateway';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';

/** Accepts TLS 1.2 and later, with forward secrecy. */
export const TLS_POLICY = {
  securityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
  endpointAccessMode: 'STRICT',
} as const;

export interface ApiDomainProps {
  readonly name: string;
  /** A certificate for it in the stack's Region. */
  readonly certificateArn: string;
  /**
   * The hosted zone of Route 53 that gets the address.
   * @default - none; the operator adds it where the domain is kept
   */
  readonly hostedZoneId?: string;
  readonly stage: Stage;
}

/**
 * An address of the stage's own for the HTTP API. The stage's name stays in the path, so that
 * firewall rules meet the same paths at both addresses.
 */
export class ApiDomain extends Construct {
  constructor(scope: Construct, id: string, props: ApiDomainProps) {
    super(scope, id);
    const { name, certificateArn, hostedZoneId, stage } = props;
    const domain = new CfnDomainName(this, 'Name', {
      domainName: name,
      regionalCertificateArn: certificateArn,
      endpointConfiguration: { types: ['REGIONAL'] },
      ...TLS_POLICY,
    });
    new CfnBasePathMapping(this, 'Mapping', {
      domainName: domain.ref,
      basePath: stage.stageName,
      restApiId: stage.restApi.restApiId,
      stage: stage.stageName,
    });
    new CfnOutput(Stack.of(this), 'ApiDomainTarget', {
      value: domain.attrRegionalDomainName,
      description: `Where ${name} has to point`,
    });
    if (hostedZoneId === undefined) return;
    new CfnRecordSet(this, 'Address', {
      hostedZoneId,
      name,
      type: 'A',
      aliasTarget: {
        dnsName: domain.attrRegionalDomainName,
        hostedZoneId: domain.attrRegionalHostedZoneId,
      },
    });
  }
}
