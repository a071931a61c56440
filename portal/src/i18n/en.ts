/** Every text of the portal in English. A further language is a further file of this shape. */
import type * as ofAccount from './en-account.ts';
import { passkeys, recovery } from './en-passkeys.ts';
import { details } from './en-details.ts';
import { refusals } from './en-refusals.ts';

export const en = {
  refusals,
  details,
  brand: {
    skip: 'Skip to main content',
    language: 'Español',
    languageLabel: 'Ver esta página en español',
    footer: 'About this portal',
  },
  footer: {
    help: 'Login help',
    terms: 'Terms of use',
    privacy: 'This page loads nothing from other companies and sets no advertising cookies.',
  },
  actions: {
    back: 'Back',
    cancel: 'Cancel',
    continue: 'Continue',
    next: 'Next',
    tryAgain: 'Try again',
    signIn: 'Sign in',
    signInAgain: 'Sign in again',
    login: 'Login',
    submit: 'Submit',
    toLogin: 'Back to login options',
    sendCode: 'Send Code',
    callMe: 'Call Me',
    callInstead: 'Call me instead',
    sendVerificationCode: 'Send Verification Code',
    verifyCode: 'Verify Code',
    sendNewCode: 'Send new code',
    change: 'Change',
    create: 'Create',
    reset: 'Reset',
    loadMore: 'Show more',
    search: 'Search',
    showPassword: 'Show password',
  },
  back: {
    stays:
      'The steps before this one are done and cannot be repeated. Go on from here, or leave by a ' +
      'button of this page.',
    goOn: 'Continue where you were',
  },
  states: {
    loading: 'Loading…',
    signingIn: 'Signing you in…',
    errorPrefix: 'Error:',
    volatile:
      'This browser keeps no data for this page, so that a reload or a new tab signs you out. ' +
      'Allow site data or leave private browsing to change that.',
    working: 'One moment…',
    errorTitle: 'There is a problem',
    onRecord: 'The address on record is {{maskedEmail}}.',
    waitSeconds: 'You can try again in {{seconds}} seconds.',
    waitMinutes: 'You can try again in {{minutes}} minutes.',
  },
  fields: {
    email: 'Email address',
    workEmail: 'Work email address',
    password: 'Password',
    currentPassword: 'Current password',
    newPassword: 'New password',
    confirmPassword: 'Confirm new password',
    username: 'Username',
    npi: 'National Provider Identifier (NPI)',
    registrationCode: 'Registration code',
    firstName: 'First name',
    lastName: 'Last name',
    phone: 'Phone number',
    code: 'Verification code',
    country: 'Country code',
  },
  hints: {
    password:
      'At least 8 characters. A few unrelated words make a good password; no digits or ' +
      'symbols are required.',
    username: '3 to 32 letters, digits, dots, dashes or underscores.',
    npi: '10 digits',
    registrationCode: 'You find it in the letter or message from your portal representative.',
    phone: 'A direct line with 10 digits. Extensions are not supported.',
    code: '6 digits',
    maskedEmail: 'The address on record is {{maskedEmail}}.',
    contactEmail: 'We send your registration link here. Please check it carefully.',
  },
  faults: {
    email: 'Enter an email address in the form name@example.com',
    passwordMissing: 'Enter your password',
    newPassword: 'Use at least 8 characters, and no space at the beginning or end',
    passwordLong: 'Use at most 256 characters',
    confirm: 'The two passwords differ. Enter the same password twice',
    username:
      'Enter a username of 3 to 32 letters, digits, dots, dashes or underscores that starts ' +
      'with a letter or digit',
    usernameMissing: 'Enter your username',
    npi: 'Enter the 10 digits of your NPI. Please compare it with your records',
    registrationCode: 'Enter your registration code',
    firstName: 'Enter your first name',
    lastName: 'Enter your last name',
    phone: 'Enter a 10-digit direct phone number',
    code: 'Enter the 6 digits of the code',
    terms: 'Check the box to agree to the Terms of Use',
  },
  options: {
    title: 'Login options',
    lead: 'Choose how you sign in.',
    employees: 'Employees',
    employeesText: 'Use this login button if you have an employee account.',
    employeesLogin: 'LOGIN',
    provider: 'Customer/Provider',
    providerText: 'Use these login buttons if you are a customer or provider user.',
    phone: 'LOGIN WITH PHONE',
    phoneText_SMS: 'We text you a code.',
    phoneText_CALL: 'We text you a code or call you.',
    email: 'LOGIN WITH EMAIL',
    emailText: 'We email you a code.',
    remember: 'Remember Me',
    rememberHint:
      'Skips password and code on this browser for {{rememberDeviceHours}} hours. Do not use ' +
      'it on a shared device.',
    rememberNote: 'Works after you close the browser too: no browser startup setting is needed.',
    register: 'If you don’t already have an account, you can',
    registerLink: 'register here',
    first: 'If this is your first login with multi-factor authentication,',
    firstLink: 'click here',
    firstEnd: 'to complete your registration.',
    trouble: 'Having trouble logging in?',
    troubleLink: 'Click here',
    signedIn: 'You are signed in in this tab.',
    signedInLink: 'Go to the home page',
  },
  signIn: {
    title: 'Sign in with your email address',
    withPhone: 'Login with phone',
    withEmail: 'Login with email',
    lead: 'Enter the email address and password that you created during registration.',
    forgot: 'Forgot your password?',
    wrongAccount: 'Do you have a username but no email login yet?',
    firstLogin: 'Complete your first login',
  },
  factor: {
    titlePhone: 'Verify it’s you',
    leadPhone:
      'We have the following number on record for you. We can send a code by SMS or call to ' +
      'authenticate you.',
    titleEmail: 'Verify your email address',
    leadEmail: 'We send a verification code to the address below.',
    shortLife:
      'The code works for {{emailCodeSeconds, duration}}. Open your mailbox before you send it.',
    noPhone: 'This account has no phone number. You can sign in with a code by email instead.',
    noCall: 'Calls are not available here.',
    byEmail: 'Use email instead',
    byPhone: 'Use phone instead',
  },
  code: {
    titleSms: 'Enter the code from your phone',
    titleEmail: 'Enter the code from your email',
    titleCall: 'Enter the code from the call',
    sentSms: 'We sent a text message with a verification code to',
    sentEmail: 'Verification code has been sent. Please copy it to the box below. We sent it to',
    sentCall: 'We are calling with a verification code:',
    expiresIn: 'The code works for another {{time}}.',
    expired: 'The code has expired. Send a new code.',
    usedUp: 'The code no longer works. Send a new code.',
    resent: 'New code sent to {{destination}}.',
    resendIn: 'You can send a new code in {{seconds}} s.',
    attemptsLeft_one: '{{count}} attempt left',
    attemptsLeft_other: '{{count}} attempts left',
    notThere: 'No message? Check your junk folder, or send a new code.',
  },
  call: {
    titles: {
      CALLING: 'Answer the call',
      ANSWERED: 'Press the # key',
      ANSWERED_MATCH: 'Type the two digits',
      CONFIRMED: 'The call is confirmed',
      NO_ANSWER: 'Nobody answered',
      FAILED: 'The call was not confirmed',
      EXPIRED: 'The call is over',
    },
    deniedTitle: 'The call was rejected',
    deniedLead:
      'Somebody answered and pressed 9: they did not ask for the call. We ended this attempt, ' +
      'and nothing was changed.',
    deniedYou:
      'If you pressed 9 by mistake, start again with a code by text message or email. For an ' +
      'hour we place no call to this number.',
    deniedOther:
      'If somebody else started this, your password may be known to them. Choose a new one.',
    lead: 'We are calling',
    press: 'Answer and press the # key to confirm it’s you.',
    press_MATCH: 'Answer, and confirm it’s you with the two digits below.',
    match: 'Type these two digits on your phone, then press #',
    deny: 'If you did not ask for a call, press 9 or hang up.',
    deny_MATCH: 'If you did not ask for a call, press 9 and #, or hang up.',
    CALLING: 'Calling… your phone will ring in a moment.',
    ANSWERED: 'Call answered. Press the # key now.',
    ANSWERED_MATCH: 'Call answered. Type the two digits, then press #.',
    CONFIRMED: 'Confirmed. One moment…',
    NO_ANSWER: 'Nobody answered the call.',
    FAILED: 'The call ended without the # key.',
    FAILED_MATCH: 'The call ended without the two digits.',
    EXPIRED: 'The call took too long and is no longer valid.',
    again: 'Call again',
    sendCode: 'Send a code instead',
  },
  locked: {
    title: 'This account is locked for now',
    until: 'It is locked until {{time}}. You need not wait: a password reset unlocks it.',
    untilReset: 'It is locked until you reset your password.',
  },
  strength: {
    label: 'Password strength',
    SHORT: 'Too short: use at least 8 characters.',
    GUESSABLE: 'Too easy to guess. Add a word or two that are unrelated to you.',
    FAIR: 'Acceptable.',
    GOOD: 'Good.',
    STRONG: 'Strong.',
  },
  verified: {
    title: 'Your email address is verified',
    text: 'The code has been verified. You can now continue.',
  },
  terms: {
    title: 'Terms of Use Agreement',
    lead: 'Please read and accept the terms to use the portal.',
    agree: 'I have read and agree to these terms of use.',
    mfa:
      'Signing in takes a second factor besides the password: a code by text message or email, ' +
      'or a call. Login help explains how it works.',
    effective: 'In effect since {{date}} (version {{version}})',
    decline: 'Do not agree and leave',
  },
  incomplete: {
    title: 'Your registration is not complete',
    ENROLLING:
      'You set a password but did not finish the registration. We can send a link to your ' +
      'registered email address to complete it.',
    RESET:
      'Your registration was reset. Register again with the link that we sent to your email ' +
      'address, or with your username and password.',
    DISABLED: 'Your account is disabled. Please ask the administrator of your provider.',
    sendLink: 'Send me a link',
    portalLogin: 'Use username and password',
  },
  session: {
    ends: 'You will be signed out at {{time}}.',
    save: 'Finish what you are typing, and sign in again after that.',
  },
  support: { call: 'Need help? Call' },
  ended: { title: 'Please sign in again', lead: 'This sign-in is over, and nothing was changed.' },
  portalLogin: {
    title: 'Login',
    lead:
      'If you have not already registered for multi-factor authentication, use your portal ' +
      'login to complete registration. Otherwise use the back button to return to the primary ' +
      'login page.',
    forgot: 'Forgot Password?',
    forgotHint: 'We mail a registration link to the address on record, by your username.',
  },
  registration: {
    step: 'Step {{step}} of {{count}}:',
    completed: 'completed',
    notCompleted: 'not completed',
    stepper: 'Registration progress',
    steps: { method: 'Login method', email: 'Email', password: 'Password', phone: 'Phone' },
    method: {
      title: 'Login method',
      lead: 'Please select the method of multi-factor authentication to continue.',
      note:
        'Note: phone multi-factor authentication must be a 10-digit phone number and cannot ' +
        'use an extension. You enter an email address for both methods; choose email only if ' +
        'you have no direct phone line.',
      phone: 'PHONE',
      phoneText_SMS: 'A code by text message',
      phoneText_CALL: 'A code by text message, or a call',
      email: 'EMAIL',
      emailText: 'A code by email',
    },
    email: {
      title: 'Your work email address',
      lead: 'You sign in with this address from now on. We send a code to verify it.',
      leadAgain:
        'You began a registration with the address below. Enter it in full, and we send a code ' +
        'to verify it again.',
    },
    password: {
      title: 'Create a password',
      lead: 'The code has been verified. You can now continue.',
      note: 'This creates the password that you sign in with from now on.',
    },
    phone: {
      title: 'Your phone number',
      lead: 'Enter a number below that we can send a code via SMS or phone to authenticate you.',
    },
    changeMethod: 'Change login method',
    changeNumber: 'Use another number',
    done: {
      title: 'Registration is complete',
      lead: 'Your login is ready. Sign in with your email address and your new password.',
    },
    none: {
      title: 'No registration is open',
      lead:
        'It took too long, or it was opened somewhere else. Start it again; what you finished ' +
        'is kept.',
    },
  },
  signUp: {
    title: 'Register for the portal',
    lead: 'Enter your NPI and the registration code of your provider.',
    detailsTitle: 'Your account',
    detailsLead: 'Create your username and enter your contact information.',
    contact: 'Contact information',
    completeTitle: 'Registration is complete',
    completeLead:
      'To complete the multi-factor authentication registration, you must click the link in ' +
      'your email within {{linkSeconds, duration}}.',
    sentTo: 'We sent the link to',
    validUntil: 'The link works until {{time}}.',
    correct: 'Send again or correct the address',
    corrected: 'We sent a new link. The old one no longer works.',
    notArrived: 'No email? Check your junk folder, or have it sent again.',
    again: 'Send the link again',
    errorLead: 'If you registered before, we can send the link to the registered email address.',
    another: 'Register another account',
  },
  link: {
    opening: 'Opening your registration…',
    whose: 'Complete your registration',
    whoseLead: 'This link continues the registration of the account below.',
    mailedTo: 'Mailed to',
    notYours: 'Is this not your account? Close this page; nothing has been changed.',
    title: 'This link has expired or has been used',
    lead:
      'Links work for {{linkSeconds, duration}}, and until you choose your login method. We can ' +
      'send you a new one.',
    noneTitle: 'This link is not complete',
    noneLead: 'Copy the whole link from the email, or ask for a new one.',
  },
  resetLink: {
    title: 'Registration error',
    lead:
      'Enter your username. We send an email to the registered address to complete the ' +
      'registration process.',
    incompleteTitle: 'Incomplete registration',
    incompleteLead:
      'Enter the email address and password that you used to begin the registration. We send ' +
      'a link to complete it.',
    sentTitle: 'Check your email',
    sent:
      'If a registration is waiting to be completed, we sent a link to its registered email ' +
      'address. It works for {{linkSeconds, duration}}.',
    sentHelp:
      'Nothing after a few minutes? Check your junk folder, then ask the administrator of ' +
      'your provider.',
  },
  help: {
    title: 'Login help',
    whatIsMfa: 'What is multi-factor authentication?',
    whatIsMfaText:
      'Multi-factor authentication (MFA) verifies who you are by more than one independent ' +
      'method. Besides your password, it asks for a code that we send by text message or email, ' +
      'or for a key that you press on a call to your registered phone.',
    howItWorks: 'How it works',
    howItWorksText:
      'You enter your password, and then the code from your phone or mailbox, or you answer our ' +
      'call. Whoever learns your password still lacks the second factor, so that one lost secret ' +
      'does not open your account.',
    employees: 'Employees',
    employeesText: 'Employees sign in with the LOGIN button under Employees on the login page.',
    users: 'Customer/Provider users',
    usersText:
      'Sign in with LOGIN WITH PHONE or LOGIN WITH EMAIL and the email address that you ' +
      'registered. If you forgot your password, reset it.',
    resetPassword: 'Reset your password',
    portalPassword: 'Forgot the password of your former portal login?',
    portalPasswordLink: 'Get a registration link by username',
    mfa: 'Multi-factor authentication help',
    registration: 'Registration',
    registrationText:
      'If you already have a portal user account, return to the login page, locate the ' +
      'sentence that indicates this is your first time logging in with multi-factor ' +
      'authentication, and click the link to complete registration. You will be prompted to ' +
      'enter your portal username and password. Once authenticated, you will be directed to ' +
      'set up your multi-factor authentication.',
    registrationLink: 'Complete your first login',
    incomplete: 'Incomplete registration',
    incompleteText:
      'Prerequisite: you began the multi-factor registration process, verified your email, ' +
      'created a password, but did not complete the process.',
    incompleteLink: 'Click here',
    incompleteEnd:
      'to send a link to the registered email to complete the multi-factor authentication ' +
      'registration process. You will need the email and password you used to initiate the ' +
      'multi-factor authentication registration.',
    error: 'Registration error',
    errorText: 'If registering shows an error, ask for a link by username.',
    errorLink: 'Reset by username',
    codes: 'Codes and calls',
    codesText:
      'Codes have 6 digits and work once. A sign-in code by email works for {{emailCodeSeconds, ' +
      'duration}}; a code by email that verifies an address during a registration or a password ' +
      'reset works longer, as the page shows. A code by text works for {{smsCodeSeconds, ' +
      'duration}}. On a call, press # to confirm; press 9 if you did not ask for it. We never ' +
      'ask for a code on the phone or by email.',
    remember: 'Remember Me',
    rememberText:
      'Check Remember Me before you log in, and this browser signs you in without password ' +
      'and code for {{rememberDeviceHours}} hours, with the same login button. Uncheck it to ' +
      'turn it off. It works after the browser was closed: the startup setting “Continue ' +
      'where you left off” is no longer needed.',
  },
  reset: {
    title: 'Reset your password',
    lead: 'Enter the email address that you sign in with. We send a verification code.',
    phoneTitle: 'Verify your phone',
    phoneLead: 'Your login uses a phone, so we verify it too.',
    passwordTitle: 'Choose a new password',
    passwordLead: 'Setting it signs you out everywhere and forgets all remembered devices.',
    doneTitle: 'Your password is changed',
    doneLead: 'Sign in with your new password.',
    sentNote: 'If an account has this address, it receives a code now.',
  },
  home: {
    title: 'Welcome, {{name}}',
    lastSignIn: 'Your sign-in before this one: {{time}}',
    lastSignInBy: 'Your sign-in before this one: {{time}}, with {{method}}',
    signInMethods: { PHONE: 'phone', EMAIL: 'email', PASSKEY: 'a passkey' },
    firstSignIn: 'This is your first sign-in.',
    provider: 'Provider NPI',
    role: 'Role',
    method: 'Login method',
    username: 'Username',
    email: 'Email',
    phone: 'Phone',
    account: 'Your account',
    manage: 'Manage users',
    manageText: 'See the users of your provider and reset a registration.',
    security: 'My account',
    securityText: 'Passkeys, password, email, phone, devices and recent activity.',
  },
  nav: {
    label: 'Main',
    home: 'Home',
    setup: 'Setup',
    manageUsers: 'Manage Users',
    account: 'My account',
    signOut: 'Sign out',
  },
  roles: { STANDARD: 'Standard user', ADMIN: 'Provider administrator' },
  methods: { PHONE: 'Phone', EMAIL: 'Email' },
  passkeys,
  recovery,
  users: {
    title: 'Manage users',
    lead: 'The users of your provider.',
    search: 'Search by username, first or last name',
    found_one: '{{count}} user',
    found_other: '{{count}} users',
    more: 'more available',
    none: 'No user matches.',
    edit: 'Edit {{name}}',
    you: 'you',
    email: 'Email',
    phone: 'Phone',
    method: 'Login method',
    role: 'Role',
    lastSignIn: 'Last sign-in',
    never: 'never',
    nothing: 'none',
    resetRegistration: 'Reset Registration',
    resetText:
      'Ends this user’s sessions and remembered devices. They must register for multi-factor ' +
      'authentication again, with the link on the login page or the link that we email them.',
    resetConfirm: 'Reset the registration of {{name}}?',
    reason: 'Reason (optional, kept in the audit trail)',
    resetDone: 'The registration of {{name}} was reset. We sent a link.',
    self: 'You cannot change your own registration or status here.',
    disable: 'Disable user',
    disableText: 'Ends this user’s sessions and keeps them from signing in until you enable them.',
    disableConfirm: 'Disable {{name}}?',
    disabled: '{{name}} is disabled.',
    enable: 'Enable user',
    enabled: '{{name}} is enabled.',
    correct: 'Correct the address',
    correctLabel: 'New email address',
    correctText:
      'Replaces the address on record and emails a registration link to the new one. The former ' +
      'address is notified.',
    corrected: 'The address of {{name}} is now {{email}}. We sent a link there.',
    reasonGiven: 'Reason: {{reason}}',
    events: 'Events',
    eventsLead: 'What happened to this account, newest first.',
    noEvents: 'No events yet.',
    when: 'When',
    what: 'Event',
    from: 'from {{address}}',
    who: 'By',
    editTitle: 'Edit user',
    backToList: 'Back to users',
  },
  actors: {
    SELF: 'The user',
    ADMIN: 'Administrator',
    HELP_DESK: 'Help desk',
    OPERATOR: 'Operator',
    SYSTEM: 'System',
  },
  statuses: {
    INVITED: 'Invited',
    IMPORTED: 'Not registered',
    ENROLLING: 'Registering',
    RESET: 'Reset',
    ACTIVE: 'Active',
    DISABLED: 'Disabled',
  },
  signedOut: {
    title: 'You are signed out',
    lead: 'This browser asks for your password and a code the next time.',
    endedTitle: 'You were signed out',
    endedLead: 'Your session has ended. Nothing that you saved is lost.',
    remembered:
      'This browser is remembered until {{time}}: until then it signs in without a password.',
    shared: 'On a shared computer, forget it now.',
    forget: 'Forget this browser',
    forgotten: 'This browser is forgotten. The next sign-in asks for your password and a code.',
  },
  events: {
    CODE_SENT: 'Code sent',
    CODE_REFUSED: 'Wrong code entered',
    FACTOR_PASSED: 'Second factor verified',
    TICKET_USED: 'Signed in right after registration or reset',
    CALL_PLACED: 'Call placed',
    CALL_CONFIRMED: 'Call confirmed',
    CALL_DENIED: 'Call rejected with 9',
    SIGNED_IN: 'Signed in',
    TERMS_ACCEPTED: 'Terms of use accepted',
    DEVICE_REMEMBERED: 'Browser remembered',
    DEVICE_PROVEN: 'Signed in by a remembered browser',
    DEVICE_REFUSED: 'Remembered browser refused',
    DEVICE_FORGOTTEN: 'Remembered browser forgotten',
    ACCOUNT_LOCKED: 'Account locked after wrong answers',
    ACCOUNT_CREATED: 'Account created',
    ACCOUNT_IMPORTED: 'Account imported',
    CONTACT_EMAIL_CHANGED: 'Email address changed',
    LINK_SENT: 'Registration link mailed',
    LINK_USED: 'Registration link used',
    REGISTRATION_OPENED: 'Registration begun',
    EMAIL_VERIFIED: 'Email address verified',
    PASSWORD_SET: 'Password set',
    PHONE_VERIFIED: 'Phone verified',
    REGISTRATION_COMPLETED: 'Registration completed',
    REGISTRATION_RESET: 'Registration reset',
    PORTAL_PASSWORD_REFUSED: 'Wrong portal password',
    PASSWORD_RESET_STARTED: 'Password reset begun',
    PASSWORD_RESET_COMPLETED: 'Password reset completed',
    SIGNED_OUT_EVERYWHERE: 'Signed out everywhere',
    STATUS_CHANGED: 'Status changed',
    ROLE_CHANGED: 'Role changed',
    EMAIL_BOUNCED: 'Email returned as undeliverable',
    LOOKED_AT: 'Account looked at',
    LINK_RESENT: 'Registration link mailed again',
    ACCOUNT_UNLOCKED: 'Account unlocked',
    ACCOUNT_ERASED: 'Account erased',
    PASSKEY_ADDED: 'Passkey added',
    PASSKEY_RENAMED: 'Passkey renamed',
    PASSKEY_REMOVED: 'Passkey removed',
    PASSKEY_PROVEN: 'Passkey verified',
    PASSKEY_REFUSED: 'Passkey refused',
    PASSKEY_CLONED: 'Passkey refused, because a copy of it seems to be in use',
    RECOVERY_CODES_ISSUED: 'Recovery codes issued',
    RECOVERY_CODE_USED: 'Recovery code used',
    PASSWORD_CHANGED: 'Password changed',
    CURRENT_PASSWORD_REFUSED: 'Wrong current password',
    EMAIL_CHANGED: 'Sign-in email changed',
    EMAIL_CHANGE_UNDONE: 'Change of email undone',
    PHONE_CHANGED: 'Phone changed',
    PHONE_REMOVED: 'Phone removed',
    LANGUAGE_CHANGED: 'Language of messages changed',
    CODES_ISSUED: 'Registration codes issued',
    CODES_REVOKED: 'Registration codes revoked',
    LEGAL_HOLD_PLACED: 'Legal hold placed',
    LEGAL_HOLD_RELEASED: 'Legal hold released',
    PEOPLE_SOUGHT: 'People searched',
    APPROVAL_REQUESTED: 'Approval requested',
    APPROVAL_DENIED: 'Approval denied',
  },
  outcomes: {
    PASSKEY: 'passkey',
    SIGN_IN: 'for a sign-in',
    EMAIL_VERIFICATION: 'to verify the email address',
    PHONE_VERIFICATION: 'to verify the phone',
    PASSWORD_RESET_EMAIL: 'for a password reset',
    PASSWORD_RESET_PHONE: 'for a password reset',
    SMS: 'text message',
    CALL: 'call',
    EMAIL: 'email',
    PHONE: 'phone',
    PASSWORD: 'by username and password',
    LINK: 'by a link',
    USERNAME: 'requested by username',
    CREDENTIALS: 'requested by email and password',
    STAFF: 'by an administrator or support',
    SIGN_UP: 'at sign-up',
    FIRST: 'for the first time',
    AGAIN: 'once more',
    RESET: 'reset',
    ACTIVE: 'active',
    DISABLED: 'disabled',
    ENABLED: 'enabled',
    PORTAL_PASSWORD: 'portal password',
    ON_RECORD: 'address on record',
    EN: 'English',
    ES: 'Spanish',
  },
  notFound: {
    title: 'This page does not exist',
    lead: 'The address may be mistyped, or the page has moved.',
  },
  broken: {
    title: 'Something went wrong on this page',
    lead: 'Please load the page again. If it happens again, return to the login options.',
    reload: 'Load the page again',
  },
};

/** The shape that every language has, with the texts that come with their pages. */
export type Words = typeof en & Pick<typeof ofAccount, 'account' | 'undoEmail'>;
