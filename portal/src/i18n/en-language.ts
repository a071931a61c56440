/** Texts of the page on which a person chooses the language. */
export const language = {
  title: 'Language',
  lead: 'The pages of the portal, emails, text messages and calls use this language.',
  choose: 'Your language',
  save: 'Save',
};
