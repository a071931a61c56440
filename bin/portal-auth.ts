/** The CDK app: `npx cdk synth`, `npx cdk deploy -c stage=…`. */
import { synthesize } from '../lib/synthesize.ts';
import { bundle } from './bundle.ts';

await bundle();
await synthesize();
