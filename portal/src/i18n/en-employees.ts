/** The texts of the employees' pages in English, loaded with those pages. */
export const enEmployees = {
  /** Refusals as the help desk needs them explained. */
  refusals: {
    TOKEN_INVALID_DESK: 'Your session has ended. Sign in again and repeat this.',
    FORBIDDEN_DESK:
      'Only the help desk’s group may do this, and nobody decides what they requested themselves.',
    NOT_FOUND_DESK:
      'There is nothing here, or not any more: a colleague may have been faster. Go back and ' +
      'look again.',
    RATE_LIMITED_DESK:
      'You have reached the number of looks or changes that one employee may make in an hour. ' +
      'Ask a colleague to go on, or wait.',
    STEP_OUT_OF_ORDER_DESK:
      'This cannot be done as things are now. A colleague may have changed them meanwhile, ' +
      'there is no address on record yet, or the registration of a provider’s last ' +
      'administrator has to be reset first. Load the page again.',
    ALREADY_REGISTERED_DESK:
      'This person is registered. Reset the registration first if they must register again.',
    WORKFORCE_EMAIL_DESK:
      'This is an employee’s address, which cannot register here. Ask for another one.',
    RESEND_TOO_SOON_DESK:
      'A link was mailed within the last minute. Have the person look for it, or wait a minute.',
    REQUEST_INVALID_DESK: 'Something here cannot be used. Correct it and try again.',
  },
  employees: {
    leaving: 'Signing in as an employee',
    leavingText: 'We are taking you to the sign-in page of your organization…',
    downTitle: 'The sign-in for employees does not answer',
    failedTitle: {
      CANCELLED: 'The sign-in was cancelled',
      NOT_ADMITTED: 'This account cannot be used here',
      EXPIRED: 'The sign-in has expired',
      PROVIDER_FAILED: 'Your organization’s sign-in failed',
      NOT_OURS: 'The sign-in could not be verified',
      UNREACHABLE: 'The sign-in could not be completed',
    },
    failed: {
      CANCELLED: 'You cancelled it, or your organization refused it. Nothing was changed.',
      NOT_ADMITTED:
        'Its email address is not one of this organization’s. Sign in with your employee account.',
      EXPIRED:
        'It was begun in another tab, took too long, or was completed before. Please begin again.',
      PROVIDER_FAILED:
        'The sign-in page of your organization reported a failure. Try again; if it fails again, ' +
        'ask your IT service desk.',
      NOT_OURS:
        'The answer does not belong to the sign-in of this tab, so it was not used. Please begin ' +
        'again.',
      UNREACHABLE: 'We could not reach the service. Check your connection, and begin again.',
    },
    otherAccount: 'Use another account',
    endedLead: 'An employee’s session lasts for an hour. What was not sent is lost.',
    providerSession:
      'Your session at your organization may go on in this browser. On a shared computer, end it ' +
      'there too.',
    endProviderSession: 'Sign out at your organization',
    unfinished:
      'You are signed out of this page. The sign-in service did not answer, so this browser may ' +
      'still be signed in there.',
    firstTitle: 'Sign in as an employee',
    firstLead: 'This page is for employees who are signed in.',
    signedInAs: 'You are signed in as {{email}}.',
    recorded:
      'Every search, every look at a person and every change is recorded with your employee ID. ' +
      'Each change needs a reason.',
    findText: 'See why somebody cannot get in, and help.',
    codesText: 'Issue and revoke the codes by which providers register.',
    approvalsText: 'Decide what a colleague requested.',
    approvalsWaiting_one: '{{count}} is waiting for a second employee',
    approvalsWaiting_other: '{{count}} are waiting for a second employee',
    notInGroup: 'You are not in the help desk’s group, so there is nothing for you to do here.',
    askWhom:
      'If you should be, ask whoever manages the groups in your organization’s directory to add ' +
      'you. Then sign out, and sign in again.',
    navPeople: 'Find people',
    navProviders: 'Providers',
    navApprovals: 'Approvals',
  },
  desk: {
    findTitle: 'Find a person',
    findLead: 'Search by one thing that the caller says. Matches are exact.',
    seekBy: 'Search by',
    by: {
      username: 'Username',
      email: 'Email address',
      phone: 'Phone number',
      npi: 'NPI of the provider',
    },
    faults: {
      username: 'Enter a username',
      email: 'Enter an email address in the form name@example.com',
      phone: 'Enter a phone number',
      npi: 'Enter the 10 digits of an NPI. Please compare it with the caller’s',
      reason: 'Say why, in 3 to 500 characters',
      checks: 'Check every point of the list',
      count: 'Enter a number from 1 to 50',
      providerName: 'Enter the name of the provider, in at most 120 characters',
    },
    found_one: '{{count}} person',
    found_other: '{{count}} people',
    nobody: 'Nobody was found.',
    nobodyText: 'Check the spelling with the caller, or search by something else.',
    backToFind: 'Find another person',
    next: 'What to do next',
    steps: {
      MAIL_LINK:
        'Mail the link again, and have the person look into the mailbox of the address on record.',
      CORRECT_BOUNCED_EMAIL:
        'Email to the address on record was returned as undeliverable. Check who is calling, and ' +
        'correct the address.',
      ASK_FOR_EMAIL:
        'Ask for an email address, check who is calling, and set it as the address on record.',
      FORMER_PORTAL_LOGIN:
        'Have the person log in with the username and password of the former portal, by the link ' +
        'for the first login.',
      CONTINUE_AT_PORTAL_LOGIN:
        'Have the person log in by the link for the first login: the registration goes on.',
      FIND_OUT_WHY_DISABLED:
        'Find out why it was disabled (the events say by whom), and enable it if it may be.',
      RESET_PASSWORD_OR_UNLOCK: 'Have the person reset the password, or unlock the account.',
      WAIT_OR_UNLOCK: 'Have the person wait until {{time}}, or unlock the account.',
      USE_EMAIL_ADDRESS:
        'Nothing stops a sign-in. Have the person use the email address, not the username.',
      RESET_PASSWORD: 'If the password is forgotten, the person resets it at the sign-in page.',
      REPLACE_LOST_PHONE:
        'If the phone is lost, reset the registration: the person registers another one.',
    },
    otherActs: 'What else you can do',
    acts: {
      LINK: 'Mail the link again',
      EMAIL: 'Correct the address',
      RESET: 'Reset the registration',
      UNLOCK: 'Unlock',
      ENABLE: 'Enable',
      DISABLE: 'Disable',
    },
    actTexts: {
      LINK: 'Mails a registration link to the address on record. The former link ends.',
      EMAIL:
        'Replaces the address on record and mails a registration link to the new one. The former ' +
        'address is notified.',
      RESET:
        'Ends all sessions, remembered devices and passkeys. The person must register again, by ' +
        'a link that we mail to the address on record.',
      UNLOCK: 'Lifts every lock, and gives back the codes and calls of the day.',
      ENABLE: 'Lets the person sign in again, with the same password and factors.',
      DISABLE: 'Ends all sessions, and keeps the person from signing in until somebody enables it.',
    },
    questions: {
      LINK: 'Mail the link to {{name}} again?',
      EMAIL: 'Correct the address of {{name}}?',
      RESET: 'Reset the registration of {{name}}?',
      UNLOCK: 'Unlock {{name}}?',
      ENABLE: 'Enable {{name}}?',
      DISABLE: 'Disable {{name}}?',
    },
    done: {
      LINK: 'The link was mailed to {{name}} again.',
      EMAIL: 'The address of {{name}} is now {{email}}. A link is on its way there.',
      RESET:
        'The registration of {{name}} was reset. A link is on its way to the address on record.',
      UNLOCK: '{{name}} is unlocked.',
      ENABLE: '{{name}} is enabled.',
      DISABLE: '{{name}} is disabled.',
    },
    second: {
      ALWAYS: 'A second employee has to approve this within an hour.',
      LAST:
        'If the provider has no other active administrator, a second employee has to approve ' +
        'this within an hour.',
    },
    requested:
      'Nothing is changed yet: a second employee has to approve this until {{time}}. It waits ' +
      'under Approvals.',
    waiting: '{{act}}: requested by {{name}}, waits for a second employee until {{time}}.',
    reason: 'Reason',
    reasonHint: 'The audit trail keeps it. Write no passwords, codes or health information.',
    checksTitle: 'Before you reset',
    checks: {
      callBack:
        'I ended the call and called back at a number that we know from our own records, not ' +
        'from the caller.',
      confirm:
        'The person said a username, a full name and the provider that agree with this page.',
      colleague:
        'The person asked for the reset themselves; if in doubt, I asked the provider’s ' +
        'administrator.',
    },
    status: 'Status',
    meaning: {
      INVITED: 'Registered with a registration code; the mailed link was not used to the end.',
      IMPORTED: 'Imported from the former portal; has not registered here yet.',
      ENROLLING: 'Has set a password, and has not confirmed a phone yet.',
      RESET: 'The registration was reset and must be done again.',
      ACTIVE: 'Registered; can sign in.',
      DISABLED: 'Disabled; nothing of the account works.',
    },
    emailOnRecord: 'Address on record',
    passkeys: 'Passkeys',
    language: 'Language of messages',
    recoveryCodes: 'Unused recovery codes',
    locks: 'Locks',
    noLocks: 'Nothing is locked.',
    lock: {
      HOUR_OF_WRONG_CODES: 'Too many wrong codes within an hour.',
      WRONG_CODES: 'Too many wrong codes in a row. It ends with a password reset.',
      HOUR_OF_PORTAL_PASSWORDS:
        'Too many wrong portal passwords within an hour, where the person tried them.',
      PORTAL_PASSWORDS: 'Too many wrong portal passwords in a row. It ends with a mailed link.',
      LEASE: 'A password is being set.',
    },
    endsAt: 'Ends at {{time}}.',
    flows: 'Begun and not completed',
    noFlows: 'Nothing is open.',
    flow: {
      REGISTRATION: 'A registration is open.',
      LINK: 'A link was mailed and not used. A new one ends it.',
    },
    atStep: 'Next step: {{step}}.',
    flowSteps: {
      CHOOSE_METHOD: 'choose the login method',
      ENTER_EMAIL: 'enter the email address',
      VERIFY_EMAIL: 'verify the email address',
      SET_PASSWORD: 'create a password',
      ENTER_PHONE: 'enter the phone number',
      VERIFY_PHONE: 'verify the phone',
      DONE: 'none, it is complete',
    },
    sends: 'What was sent',
    noSends: 'Nothing was sent lately.',
    tried: { CODE_SENT: 'Code', LINK_SENT: 'Link', CALL_PLACED: 'Call' },
    arrived: 'Arrival',
    handedOver: 'Handed over, and not returned',
    notSent: 'Not sent',
    bounced: 'Returned: the mailbox does not accept it',
    complained: 'Reported as spam',
    failures: {
      THROTTLED: 'Not sent: too much at once. Have the person try again',
      DENIED: 'Not sent: the number has opted out, or sending is not allowed. Tell the operators',
      REFUSED: 'Not sent: the destination was refused. Check it with the person',
      NO_ANSWER: 'Not sent: the sending service did not answer. Have the person try again',
      OUTAGE: 'Not sent: the sending service is down. Tell the operators',
    },
    signIns: 'Last sign-ins',
    noSignIns: 'No recent sign-ins.',
    signInBy: { PHONE: 'by phone', EMAIL: 'by email', PASSKEY: 'by passkey' },
    eventsText: 'Reading the whole trail counts as one more look at the person.',
    showEvents: 'Show the events',
    approvalsTitle: 'Approvals',
    approvalsLead: 'What waits for a second employee. Each waits for an hour.',
    noApprovals: 'Nothing is waiting.',
    refresh: 'Look again',
    requestedBy: 'Requested by',
    waitsUntil: 'Waits until',
    own: 'You requested this. Another employee has to decide.',
    approve: 'Approve',
    deny: 'Deny',
    approveLabel: 'Approve for {{username}}',
    denyLabel: 'Deny for {{username}}',
    decide: {
      APPROVED: '{{act}}: approve it for {{username}}?',
      DENIED: '{{act}}: deny it for {{username}}?',
    },
    decideText: {
      APPROVED: 'It is done at once, and the audit trail names you both.',
      DENIED: 'Nothing is changed, and the audit trail names you both.',
    },
    decided: {
      APPROVED: 'Approved and done for {{username}}.',
      DENIED: 'Denied for {{username}}. Nothing was changed.',
    },
    providersTitle: 'Providers and registration codes',
    providersLead: 'Enter the NPI of the provider.',
    providerTitle: 'Provider {{npi}}',
    newProvider: 'This provider is not known yet. It is created with its first registration codes.',
    otherProvider: 'Another provider',
    issueTitle: 'Issue registration codes',
    count: 'Number of codes',
    countHint: 'One for each person, at most 50 at once.',
    roleOfCodes: 'Role of who registers with them',
    providerName: 'Name of the provider',
    otherName: 'New name of the provider, if it has changed',
    issue: 'Issue codes',
    issuedTitle_one: '{{count}} new code',
    issuedTitle_other: '{{count}} new codes',
    issuedText:
      'Copy or print them now: they are shown this once, and nobody can look them up later.',
    copyAll: 'Copy all',
    copied: 'Copied.',
    notCopied: 'The browser does not allow copying. Select the codes and copy them.',
    print: 'Print letters',
    hideCodes: 'Hide the codes',
    codes: 'Registration codes',
    noCodes: 'There are no registration codes.',
    codeId: 'ID',
    codeStatus: 'State',
    codeStatuses: { OPEN: 'Open', REDEEMED: 'Redeemed', REVOKED: 'Revoked' },
    issued: 'Issued',
    revoke: 'Revoke',
    revokeLabel: 'Revoke {{codeId}}',
    revokeQuestion: 'Revoke the code {{codeId}}?',
    revokeText: 'Nobody can register with it any more.',
    revoked: 'The code {{codeId}} is revoked.',
    letter: {
      npi: 'NPI {{npi}}',
      title: 'Your registration code for {{portalName}}',
      lead: 'With this code one person registers for the portal:',
      open: 'Open {{address}}',
      enter: 'Enter the NPI {{npi}} and the code above.',
      follow: 'Enter your details, and open the link that we email you.',
      secret:
        'The code works once. Keep it secret until then; we never ask for it on the phone or ' +
        'by email.',
      support: 'Questions? Call {{phone}}, {{hours}}.',
    },
  },
};

export type EmployeeWords = typeof enEmployees;
