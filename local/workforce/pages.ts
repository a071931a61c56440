/** The pages of the sample identity provider. */
import type { SampleEmployee } from './employees.ts';

/** @param failure why the last attempt was refused */
export function loginPage(
  action: string,
  people: readonly SampleEmployee[],
  failure?: string,
): string {
  const choices = people
    .map(({ email, shows }) => `<option value="${email}">${escaped(shows)}</option>`)
    .join('');
  const [first] = people;
  return page(
    'Sign in – Workforce',
    `<p>This page plays the identity provider of your organisation. Any password is taken.</p>
    ${failure === undefined ? '' : `<p role="alert">${escaped(failure)}</p>`}
    <form method="post" action="${action}/login" autocomplete="off">
      <p><label>E-mail address<br>
        <input name="login" type="email" list="people" required value="${first?.email ?? ''}"></label>
        <datalist id="people">${choices}</datalist></p>
      <p><label>Password<br>
        <input name="password" type="password" value="any"></label></p>
      <p><button type="submit">Sign in</button></p>
    </form>
    <p><a href="${action}/abort">Cancel</a></p>
    <h2>Sample employees</h2>
    <ul>${people.map(({ email, shows }) => `<li>${email}: ${escaped(shows)}</li>`).join('')}</ul>`,
  );
}

/** Signs out without a further question: the portal has asked. */
export function signOutPage(form: string): string {
  return page(
    'Sign out – Workforce',
    `${form}
    <p><button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button></p>
    <script>document.querySelector('button').click()</script>`,
  );
}

export function signedOutPage(): string {
  return page('Signed out – Workforce', '<p>You are signed out.</p>');
}

export function errorPage(error: string, description = ''): string {
  return page('Sign in – Workforce', `<p role="alert">${escaped(`${error}: ${description}`)}</p>`);
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
    <meta name="viewport" content="width=device-width"></head>
    <body><main><h1>Workforce</h1>${content}</main></body></html>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
