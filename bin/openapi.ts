/** Writes docs/openapi.json from the contract; with `--check` it only says whether the file is what the contract says. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../contract/openapi.ts';

const file = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));
const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const written = await readFile(file, 'utf8').catch(() => '');
  if (written !== text) {
    console.error('docs/openapi.json is not what contract/ says: run npm run openapi and commit it.');
    process.exit(1);
  }
} else {
  await writeFile(file, text);
}
