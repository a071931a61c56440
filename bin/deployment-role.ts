/**
 * The role by which GitHub deploys a stage. A person deploys it once:
 * `npx cdk deploy --app "node_modules/.bin/node bin/deployment-role.ts" -c stage=…`
 */
import { synthesizeDeploymentRole } from '../lib/synthesize.ts';
import { reportingFaults } from './settings-faults.ts';

await reportingFaults(() => synthesizeDeploymentRole());
