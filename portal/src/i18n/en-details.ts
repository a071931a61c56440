/** What support needs to find a failure. */
export const details = {
  title: 'Details for support',
  text: 'If you contact support, send these details. They contain no password, no code and no name.',
  code: 'Code',
  time: 'Time',
  request: 'Request',
  attempt: 'Sign-in attempt',
  copy: 'Copy details',
  copied: 'Copied',
  notCopied: 'Your browser does not allow copying. Select the details and copy them.',
};
