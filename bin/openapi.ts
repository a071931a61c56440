/** `npm run openapi` writes docs/openapi.json from the contract. A test fails when it is stale. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../contract/openapi/document.ts';

await writeFile(
  fileURLToPath(new URL('../docs/openapi.json', import.meta.url)),
  `${JSON.stringify(openApiDocument(), null, 2)}\n`,
);
