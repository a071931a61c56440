/** The CDK app: `npx cdk synth -c stage=…`, `npx cdk deploy -c stage=…`. */
import { checkSettings, synthesize } from '../lib/synthesize.ts';
import { bundle } from './bundle.ts';
import { reportingFaults } from './settings-faults.ts';

await reportingFaults(async () => {
  checkSettings();
  await bundle();
  await synthesize();
});
