/**
 * The terms of use as a Markdown file: `title` and `effectiveAt` in its front matter, the text
 * below.
 */
export interface TermsFile {
  title: string;
  /** ISO 8601 UTC. */
  effectiveAt: string;
  markdown: string;
}

/** Throws if the file has no front matter, title or date. */
export function parseTermsFile(text: string): TermsFile {
  const [, head = '', markdown = ''] =
    /^---\n([\s\S]*?)\n---\n+([\s\S]*)$/.exec(text.replaceAll('\r\n', '\n')) ?? [];
  const fields = new Map(
    head
      .split('\n')
      .map((line) => [
        line.slice(0, line.indexOf(':')).trim(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  );
  const title = fields.get('title') ?? '';
  const effectiveAt = fields.get('effectiveAt') ?? '';
  if (title === '' || Number.isNaN(Date.parse(effectiveAt)) || markdown.trim() === '') {
    throw new Error(
      'A terms file must begin with "---", "title: …", "effectiveAt: <ISO 8601>", "---", ' +
        'followed by its text.',
    );
  }
  return { title, effectiveAt: new Date(effectiveAt).toISOString(), markdown };
}
