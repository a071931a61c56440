/**
 * A policy for what must outlive its stack. The data stays when the stack is deleted or an update
 * replaces it, and goes with a first deployment that is rolled back: plain `Retain` would keep it
 * then too, and its name would block the next try.
 */
import { RemovalPolicy } from 'aws-cdk-lib';

export const KEEP = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
