/** Reads Markdown as the bundler does: its text. */
export default {
  process: (text) => ({ code: `export default ${JSON.stringify(text)};` }),
};
