import { createBrowserRouter, Outlet, type RouteObject } from 'react-router';
import { loadLibrary } from '@portal-auth/client';
import { Broken, NotFound } from './screens/not-found.tsx';
import { Component as LoginOptions } from './screens/login-options.tsx';
import { SignInProvider } from './sign-in-context.tsx';
import { Layout } from './ui/layout.tsx';

const signInProvided = (
  <SignInProvider>
    <Outlet />
  </SignInProvider>
);

/**
 * A screen that talks to Cognito comes with its library, which the auth client loads: where that
 * fails, the page says so and can be loaded again.
 */
async function withCognito<T>(screen: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([screen, loadLibrary()]);
  return loaded;
}

/** What people see and change of their own account. */
const ownAccount = [
  { path: 'account', lazy: () => import('./screens/account/overview.tsx') },
  { path: 'account/passkeys', lazy: () => import('./screens/account/passkeys.tsx') },
  { path: 'account/recovery-codes', lazy: () => import('./screens/account/recovery-codes.tsx') },
  { path: 'account/password', lazy: () => import('./screens/account/change-password.tsx') },
  { path: 'account/email', lazy: () => import('./screens/account/change-email.tsx') },
  { path: 'account/language', lazy: () => import('./screens/account/language.tsx') },
  { path: 'account/phone', lazy: () => import('./screens/account/change-phone.tsx') },
  { path: 'account/activity', lazy: () => import('./screens/account/activity.tsx') },
  { path: 'account/devices', lazy: () => import('./screens/account/devices.tsx') },
];

/** The pages of employees, in a part of the program that only they load. */
const employeeRoutes: RouteObject = {
  lazy: async () => (await import('./employees/index.ts')).loadEmployees(),
  children: [
    { path: 'employees/sign-in', lazy: () => import('./employees/sign-in.tsx') },
    { path: 'employees/signed-in', lazy: () => import('./employees/signed-in.tsx') },
    { path: 'employees/signed-out', lazy: () => import('./employees/signed-out.tsx') },
    {
      lazy: async () => ({
        Component: (await import('./employees/employee-layout.tsx')).EmployeeLayout,
      }),
      children: [
        { path: 'employees', lazy: () => import('./employees/home.tsx') },
        { path: 'help-desk', lazy: () => import('./employees/find-people.tsx') },
        {
          path: 'help-desk/users/:username',
          lazy: () => import('./employees/person.tsx'),
        },
        {
          path: 'help-desk/providers',
          lazy: () => import('./employees/find-provider.tsx'),
        },
        {
          path: 'help-desk/providers/:npi',
          lazy: () => import('./employees/provider.tsx'),
        },
        { path: 'help-desk/approvals', lazy: () => import('./employees/approvals.tsx') },
      ],
    },
  ],
};

/** The routes of the portal. Every screen except the first is loaded when it is needed. */
export const createRouter = () =>
  createBrowserRouter([
    {
      element: signInProvided,
      errorElement: <Broken />,
      hydrateFallbackElement: <></>,
      children: [
        {
          element: <Layout />,
          children: [
            { index: true, element: <LoginOptions /> },
            { path: 'sign-in/verify', lazy: () => withCognito(import('./screens/verify.tsx')) },
            { path: 'sign-in/:method', lazy: () => withCognito(import('./screens/sign-in.tsx')) },
            { path: 'first-login', lazy: () => import('./screens/first-login.tsx') },
            { path: 'registration', lazy: () => import('./screens/registration.tsx') },
            { path: 'register', lazy: () => import('./screens/link.tsx') },
            {
              path: 'provider-registration',
              lazy: () => import('./screens/provider-registration.tsx'),
            },
            {
              path: 'registration-error',
              lazy: async () => ({
                Component: (await import('./screens/request-link.tsx')).LinkByUsername,
              }),
            },
            {
              path: 'incomplete-registration',
              lazy: async () => ({
                Component: (await import('./screens/request-link.tsx')).LinkByPassword,
              }),
            },
            { path: 'password-reset', lazy: () => import('./screens/password-reset.tsx') },
            { path: 'undo-email', lazy: () => import('./screens/undo-email.tsx') },
            { path: 'help', lazy: () => import('./screens/help.tsx') },
            { path: 'terms', lazy: () => import('./screens/terms.tsx') },
            { path: 'signed-out', lazy: () => import('./screens/signed-out.tsx') },
            { path: '*', element: <NotFound /> },
          ],
        },
        {
          lazy: async () => ({
            Component: (await withCognito(import('./ui/signed-in-layout.tsx'))).SignedInLayout,
          }),
          children: [
            { path: 'home', lazy: () => import('./screens/home.tsx') },
            { lazy: () => import('./screens/account/fresh-factor.tsx'), children: ownAccount },
            { path: 'setup/users', lazy: () => import('./screens/manage-users.tsx') },
            { path: 'setup/users/:username', lazy: () => import('./screens/edit-user.tsx') },
          ],
        },
        employeeRoutes,
      ],
    },
  ]);
