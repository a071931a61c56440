/**
 * Adds the English texts of one's own account. Its pages import this; the other language has all.
 */
import { account, undoEmail } from './en-account.ts';
import { i18n } from './index.ts';

i18n.addResourceBundle('en', 'translation', { account, undoEmail }, true, true);
