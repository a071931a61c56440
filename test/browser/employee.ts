/** An employee at a browser: signs in at the identity provider that this machine plays. */
import type { PortalStack } from './portal-stack.ts';
import type { Visitor } from './visitor.ts';

export const HANA = 'hana.helpdesk@workforce.example';
export const HUGO = 'hugo.helpdesk@workforce.example';
export const WALT = 'walt.worker@workforce.example';
export const OLGA = 'olga.outside@partner.example';

interface EmployeesOutput {
  domain: string;
  identityProvider: string;
}

export async function employeesOf(stack: PortalStack): Promise<EmployeesOutput> {
  const outputs = (await stack.local('GET', 'outputs')) as { employees: EmployeesOutput };
  return outputs.employees;
}

/** Follows LOGIN to the page of the identity provider. */
export async function goToProvider(visitor: Visitor): Promise<void> {
  await visitor.goTo('/');
  await visitor.follow('LOGIN');
  await visitor.page.getByRole('heading', { name: 'Workforce' }).waitFor();
}

/** On the page of the identity provider. */
export async function signInThere(visitor: Visitor, email: string): Promise<void> {
  await visitor.fill('E-mail address', email);
  await visitor.press('Sign in');
}

export async function signInAs(visitor: Visitor, email: string): Promise<void> {
  await goToProvider(visitor);
  await signInThere(visitor, email);
  await visitor.sees(/^Welcome/);
}

/** Opens the page of one person, as a link of a colleague does. */
export async function openPerson(visitor: Visitor, username: string, name: string): Promise<void> {
  await visitor.goTo(`/help-desk/users/${username}`);
  await visitor.sees(name);
  await visitor.page.getByRole('heading', { name: 'What to do next' }).waitFor();
}

/** Fills what an act asks for, and confirms it. */
export async function confirm(visitor: Visitor, act: string, reason: string): Promise<void> {
  const dialog = visitor.page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: act, exact: true }).click();
}
