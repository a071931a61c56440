import { CfnOutput, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { BehaviorOptions, ErrorResponse, IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  cacheControlOf,
  contentSecurityPolicy,
  HSTS_SECONDS,
  plainSiteHeaders,
} from './site-headers.ts';
import { KEEP } from './lifecycle.ts';
import { PAGES } from './portal-pages.ts';

export interface PortalSiteProps {
  /** The site's domain: the host of the first portal origin. */
  readonly domainName: string;
  /** A certificate for that domain in us-east-1, which CloudFront requires. */
  readonly certificateArn: string;
  /** The HTTP API's address. */
  readonly apiUrl: string;
  /** The content of `/config.json`. */
  readonly config: string;
  /**
   * The origin of the hosted endpoints of the employees' user pool.
   * @default - none; employees do not sign in here
   */
  readonly employeesUrl?: string;
}

/**
 * Hosts the reference portal on CloudFront, from a private bucket. The stack creates the site and
 * `/config.json`. An operator uploads the files (docs/runbook.md, The portal), so that no function
 * has the right to write what browsers run.
 */
export class PortalSite extends Construct {
  constructor(scope: Construct, id: string, props: PortalSiteProps) {
    super(scope, id);
    const logs = new Bucket(this, 'AccessLogs', {
      ...closed,
      // CloudFront and S3 deliver access logs under S3's own key only, CloudFront by access-control
      // list.
      objectOwnership: ObjectOwnership.OBJECT_WRITER,
      lifecycleRules: [
        { expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(30) },
      ],
    });
    // CDK's own types do not compile under exactOptionalPropertyTypes.
    const files = new Bucket(this, 'Files', {
      ...closed,
      serverAccessLogsBucket: logs as IBucket,
      serverAccessLogsPrefix: 'bucket/',
    });
    const origin = S3BucketOrigin.withOriginAccessControl(files as IBucket);
    const distribution = new Distribution(this, 'Distribution', {
      domainNames: [props.domainName],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', props.certificateArn),
      defaultBehavior: this.behavior(origin, props, '/'),
      errorResponses: [403, 404].map(notFound),
      additionalBehaviors: { '/assets/*': this.behavior(origin, props, '/assets/') },
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      logBucket: logs as IBucket,
      logFilePrefix: 'distribution/',
      comment: `Reference portal ${props.domainName}`,
    });
    new CfnOutput(Stack.of(this), 'PortalBucketName', { value: files.bucketName });
    new CfnOutput(Stack.of(this), 'PortalDistributionId', { value: distribution.distributionId });
    new CfnOutput(Stack.of(this), 'PortalDistributionDomain', {
      value: distribution.distributionDomainName,
    });
  }

  private behavior(
    origin: IOrigin,
    props: PortalSiteProps,
    path: '/' | '/assets/',
  ): BehaviorOptions {
    const isPage = path === '/';
    const edge = isPage
      ? [{ eventType: FunctionEventType.VIEWER_REQUEST, function: this.pages(props) }]
      : [];
    return {
      origin,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: isPage ? CachePolicy.CACHING_DISABLED : CachePolicy.CACHING_OPTIMIZED,
      compress: true,
      responseHeadersPolicy: this.headers(isPage ? 'PageHeaders' : 'AssetHeaders', props, path),
      functionAssociations: edge,
    };
  }

  private pages({ config }: PortalSiteProps): EdgeFunction {
    const code = Fn.join('', ['var config = ', config, ';', PAGES]);
    return new EdgeFunction(this, 'Pages', {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(code),
      comment: 'Pages and config.json of the reference portal',
    });
  }

  private headers(id: string, props: PortalSiteProps, path: string): ResponseHeadersPolicy {
    const { region, urlSuffix } = Stack.of(this);
    const origins = {
      api: Fn.join('', ['https://', Fn.select(2, Fn.split('/', props.apiUrl))]),
      cognito: `https://cognito-idp.${region}.${urlSuffix}`,
      employees: props.employeesUrl,
    };
    const others = { ...plainSiteHeaders(), 'cache-control': cacheControlOf(path) };
    return new ResponseHeadersPolicy(this, id, {
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: contentSecurityPolicy(origins),
          override: true,
        },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.seconds(HSTS_SECONDS),
          includeSubdomains: true,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      },
      customHeadersBehavior: {
        customHeaders: Object.entries(others).map(([header, value]) => ({
          header,
          value,
          override: true,
        })),
      },
    });
  }
}

/** The bucket refuses what it does not have. The page explains that, with status 404. */
function notFound(httpStatus: number): ErrorResponse {
  return {
    httpStatus,
    responseHttpStatus: 404,
    responsePagePath: '/index.html',
    ttl: Duration.seconds(0),
  };
}

const closed = {
  versioned: true,
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: KEEP,
};
