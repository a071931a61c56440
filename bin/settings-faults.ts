import { SettingsFault } from '../lib/read-settings.ts';

/** Runs a CDK app. Wrong settings are reported without a stack trace. */
export async function reportingFaults(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
