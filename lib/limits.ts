/** The limits of a stage. A stage may be stricter than the defaults, and within bounds laxer. */
import * as z from 'zod';

const count = (least: number, most: number, byDefault: number) => {
  const wanted = `must be a whole number from ${least} to ${most}`;
  return z.int(wanted).min(least, wanted).max(most, wanted).default(byDefault);
};

export const limits = z
  .strictObject({
    /**
     * Wrong answers of an account within an hour that end its flows until the hour has passed. Of
     * resets, which anybody may start: those of one source; all sources together have twice as
     * many.
     */
    wrongAnswersPerHour: count(5, 100, 20),
    /**
     * Wrong answers of an account in a row that end its flows until a reset (NIST SP 800-63B-4
     * §3.2.2: at most 100).
     */
    wrongAnswersInARow: count(10, 100, 100),
    /** Texts and calls together to one number within 15 minutes. */
    phoneSendsPerQuarterHour: count(1, 20, 5),
    /** Sign-in e-mails to one address within 15 minutes. */
    emailSendsPerQuarterHour: count(1, 50, 10),
    /** Messages and calls to one destination within a day. */
    sendsPerDay: count(1, 200, 20),
    /**
     * Registration links, resets and enrolment messages to one destination: this number a day and
     * half of it an hour from one source, and this number an hour from all sources together, so
     * that no stranger keeps the owner out for a day. They are apart from what a proven password
     * sends.
     */
    unprovenSendsPerDay: count(1, 100, 20),
    /**
     * Texts and calls, of registrations and of resets, that one source address may have sent within
     * an hour, whatever the destination; of e-mails ten times as many. By default one source opens
     * no breaker before a password within an hour; whoever lowers a breaker lowers this too: twice
     * as many texts and calls, and thirty times as many e-mails, are to be less. Raise both for a
     * day on which a campus registers behind one address.
     */
    unprovenSendsPerSourceHour: count(10, 10_000, 200),
    /**
     * Public requests of one source address to one route within 15 minutes that read or send
     * something.
     */
    requestsPerSourceQuarterHour: count(10, 10_000, 300),
    /** Wrong registration codes or portal passwords of one source address within an hour. */
    wrongCredentialsPerSourceHour: count(5, 10_000, 30),
    /**
     * Wrong registration codes for one NPI, or portal passwords for one username, within an hour.
     */
    wrongCredentialsPerSubjectHour: count(3, 1000, 10),
    /**
     * Messages and calls of one account after its password, within a day, whatever the destination.
     */
    sendsPerAccountDay: count(5, 400, 60),
    /** Messages and calls of one account's registrations within a day, whatever the destination. */
    enrolmentSendsPerAccountDay: count(5, 200, 20),
    /**
     * Registration links that administrators, the help desk and operators mail for one account
     * within an hour; at most one a minute goes to the same address.
     */
    staffLinksPerAccountHour: count(1, 60, 60),
    /** Usernames that one provider's registration finds taken within an hour. */
    takenUsernamesPerFlowHour: count(3, 200, 20),
    /** Corrections of the contact address of one registration within 15 minutes. */
    contactCorrectionsPerQuarterHour: count(1, 50, 10),
    /**
     * Refused remembered devices of an account that the audit trail records within an hour, and as
     * many refused passkeys. More of them are refused alike and not recorded.
     */
    recordedRefusalsPerHour: count(5, 200, 20),
    /**
     * Texts of the whole stage within a day after a password; beyond it none is sent, and the alarm
     * goes off.
     */
    dailyTextBreaker: count(10, 1_000_000, 5000),
    /** Calls of the whole stage within a day after a password. */
    dailyCallBreaker: count(10, 1_000_000, 1000),
    /** E-mails with sign-in codes of the whole stage within a day. */
    dailyEmailBreaker: count(10, 10_000_000, 20_000),
    /** Texts of the whole stage within a day before a password: registrations and resets. */
    dailyUnprovenTextBreaker: count(10, 1_000_000, 1000),
    /** Calls of the whole stage within a day before a password. */
    dailyUnprovenCallBreaker: count(10, 1_000_000, 500),
    /**
     * E-mails of the whole stage within a day before a password: registrations, resets and links.
     */
    dailyUnprovenEmailBreaker: count(10, 10_000_000, 10_000),
    /** People and lists that one employee of the help desk opens within an hour. */
    helpDeskLooksPerHour: count(10, 10_000, 300),
    /** What one employee of the help desk changes within an hour. */
    helpDeskActsPerHour: count(5, 10_000, 100),
    /** Steady requests a second to the HTTP API, all callers together. */
    requestsPerSecond: count(1, 10_000, 50),
    /** Requests that the HTTP API takes at once above the steady rate. */
    requestBurst: count(1, 5000, 100),
    /**
     * Requests of one source address within five minutes that the firewall lets pass. A clinic
     * behind one address stays far below.
     */
    requestsPerSourceFirewall: count(100, 100_000, 3000),
  })
  .prefault({});
