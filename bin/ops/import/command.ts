/**
 * The command of an import: runs it, and reports totals, refused rows and where the results are.
 */
import { stat } from 'node:fs/promises';
import type { Target } from '../target.ts';
import { EXIT, type Output, UsageFault } from '../output.ts';
import { HeaderFault } from './columns.ts';
import { checkEncoding, UnknownEncoding } from './lines.ts';
import { Progress, Results } from './results.ts';
import { type ImportKind, importRows } from './run.ts';

/** The file and where the outcome is printed. */
export interface ImportFile {
  file: string;
  output: Output;
}

export interface ImportOptions {
  dryRun: boolean;
  /** Changes what differs, where the account is still IMPORTED. */
  update: boolean;
  encoding?: string | undefined;
  parallel: number;
}

/**
 * @returns 0 if every row was written or is the same, 3 if one was refused or differs, 1 if the
 * import was stopped
 */
export async function runImport<T>(
  target: Target,
  kind: ImportKind<T>,
  { file, output }: ImportFile,
  { dryRun, encoding, parallel }: ImportOptions,
): Promise<number> {
  const size = await sizeOf(file);
  const known = encoding === undefined ? undefined : encodingOf(encoding);
  const results = await Results.beside(file, dryRun);
  const progress = new Progress(size, process.stderr.isTTY);
  const { signal, stopListening } = interruption();
  let fault: string | undefined;
  try {
    await importRows(kind, {
      file,
      encoding: known,
      dryRun,
      parallel,
      signal,
      commit: (writes) => target.database.commit(writes),
      async report(rows, bytes) {
        await results.add(rows);
        progress.advance(rows.length, bytes);
      },
    });
  } catch (error) {
    if (error instanceof HeaderFault)
      await results.add([{ line: 1, outcome: 'refused', detail: error.message }]);
    else fault = (error as Error).message;
  } finally {
    progress.stop();
    stopListening();
    await results.close();
  }
  if (fault === undefined && signal.aborted) fault = 'Stopped.';
  if (!dryRun) await measure(target, kind.name, results, output);
  return reportTotals(results, { dryRun, fault }, output);
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    throw new UsageFault(`${file}: the file does not exist.`);
  }
}

function encodingOf(label: string): string {
  try {
    return checkEncoding(label);
  } catch (error) {
    throw error instanceof UnknownEncoding ? new UsageFault(error.message) : error;
  }
}

/** The first Ctrl-C ends the import after what is under way, the second one at once. */
function interruption(): { signal: AbortSignal; stopListening: () => void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.failed);
    console.error('Stopping. Press Ctrl-C again to stop at once.');
    controller.abort();
  };
  process.on('SIGINT', stop);
  return { signal: controller.signal, stopListening: () => process.off('SIGINT', stop) };
}

/** A failure to write the metric does not fail the import. */
async function measure(
  target: Target,
  Kind: ImportKind<unknown>['name'],
  { totals }: Results,
  output: Output,
): Promise<void> {
  const counts = Object.entries(totals).map(([outcome, value]) => ({
    dimensions: { Kind, Outcome: outcome.toUpperCase() },
    value,
  }));
  await target.measure('ImportRows', counts).catch((error: unknown) => {
    output.note(`The metric ImportRows was not written: ${(error as Error).message}`);
  });
}

function reportTotals(
  results: Results,
  { dryRun, fault }: { dryRun: boolean; fault: string | undefined },
  output: Output,
): number {
  const { totals, read, file, shown } = results;
  const counts = Object.entries(totals).map(([outcome, count]) => `${count} ${outcome}`);
  const dry = `This was a dry run: ${totals.written} would be written, and nothing has changed.`;
  output.result(
    { read, ...totals, dryRun, resultFile: file, complete: fault === undefined },
    [`${read} rows read, ${counts.join(', ')}`, ...(dryRun ? [dry] : [])].join('\n'),
  );
  for (const { line, outcome, detail } of shown)
    output.note(`  line ${line}: ${outcome}: ${detail}`);
  output.note(`The result of every row is in ${file}`);
  if (fault !== undefined) {
    output.note(`${fault} Run the same command again to go on.`);
    return EXIT.failed;
  }
  return totals.refused + totals.different > 0 ? EXIT.refused : EXIT.done;
}
