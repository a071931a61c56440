/** The queries that the runbook names. Each begins with the fields that it shows. */
export const QUERIES = {
  failures: [
    'fields @timestamp, @log, code, route, error, cause, at, requestId, flowId, account',
    'filter code like /_FAILED$/ or code in ["EVENT_NOT_HANDLED", "EVENT_UNREADABLE", ' +
      '"SIGN_OUT_DUE", "ADDRESS_MOVE_DUE", "PASSWORD_NOT_RECORDED"]',
    'sort @timestamp desc',
    'limit 200',
  ],
  'why sign-ins fail': [
    'filter code in ["DEFINED", "CREATED", "VERIFIED", "TOKENS_DECIDED"]',
    'filter ispresent(why) or ispresent(reason) or ispresent(refused)',
    'stats count(*) as people by code, challenge, why, reason, refused',
    'sort people desc',
  ],
  "one person's attempts": [
    'fields @timestamp, code, challenge, next, why, reason, right, refused, purpose, flowId, ' +
      'requestId, attemptId',
    'filter account = "ACCOUNT" or flowId = "FLOW" or requestId = "REQUEST" or attemptId = ' +
      '"ATTEMPT"',
    'sort @timestamp asc',
    'limit 500',
  ],
  'sends by cause': [
    'filter code in ["EMAIL_NOT_SENT", "TEXT_NOT_SENT", "CALL_NOT_PLACED", "EMAIL_BOUNCED", ' +
      '"BREAKER_OPEN"]',
    'stats count(*) as sends by code, purpose, causeClass, error, cause, breaker',
    'sort sends desc',
  ],
} as const;
