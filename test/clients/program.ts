/**
 * A user's program with one of the public client libraries. `node program.ts <library> <JSON>`
 * prints what it saw as JSON. It is a separate process, because the libraries' big integers are
 * fifty times slower under jest.
 */
import { createRequire } from 'node:module';
import type * as identityJs from 'amazon-cognito-identity-js';
import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchAuthSession, signIn } from 'aws-amplify/auth';

export interface ProgramInput {
  endpoint: string;
  userPoolId: string;
  clientId: string;
  username: string;
  password: string;
  /**
   * The answers in their order. WAIT_FOR_CODE stands for the code in the mailbox. Answers that
   * remain when tokens arrive are not sent.
   */
  answers: string[];
  /** Where the code arrives, and the codes that were there before. */
  mailbox?: { url: string; known: string[] };
}

/** The answer itself, or the code that came by mail. */
async function given(answer: string, { mailbox }: ProgramInput): Promise<string> {
  if (answer !== 'WAIT_FOR_CODE' || mailbox === undefined) return answer;
  for (;;) {
    const messages = (await (await fetch(mailbox.url)).json()) as { text: string }[];
    const code = messages
      .flatMap(({ text }) => /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? [])
      .find((one) => !mailbox.known.includes(one));
    if (code !== undefined) return JSON.stringify({ code });
    await new Promise((resume) => setTimeout(resume, 25));
  }
}

const PROGRAMS: Record<string, (input: ProgramInput) => Promise<unknown>> = {
  async amplify(input) {
    const { endpoint, userPoolId, clientId, username, password, answers } = input;
    Amplify.configure({
      Auth: { Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint } },
    });
    const steps = [
      (await signIn({ username, password, options: { authFlowType: 'CUSTOM_WITH_SRP' } })).nextStep,
    ];
    for (const answer of answers) {
      if (steps.at(-1)?.signInStep === 'DONE') break;
      steps.push((await confirmSignIn({ challengeResponse: await given(answer, input) })).nextStep);
    }
    const { tokens } = await fetchAuthSession({ forceRefresh: true });
    return { steps, refreshed: tokens?.accessToken.payload };
  },
  async 'identity-js'(input) {
    const { endpoint, userPoolId, clientId, username, password, answers } = input;
    // Its ES module build cannot be imported by Node.
    const { AuthenticationDetails, CognitoUser, CognitoUserPool } = createRequire(import.meta.url)(
      'amazon-cognito-identity-js',
    ) as typeof identityJs;
    const user = new CognitoUser({
      Username: username,
      Pool: new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint }),
    });
    user.setAuthenticationFlowType('CUSTOM_AUTH');
    const seen: unknown[] = [];
    const session = await new Promise<{ isValid: () => boolean }>((resolve, reject) => {
      const callbacks = {
        onSuccess: resolve,
        onFailure: reject,
        customChallenge(parameters: unknown) {
          seen.push(parameters);
          void given(answers.shift() ?? '', input).then((answer) =>
            user.sendCustomChallengeAnswer(answer, callbacks),
          );
        },
      };
      user.authenticateUser(
        new AuthenticationDetails({ Username: username, Password: password }),
        callbacks,
      );
    });
    return { seen, valid: session.isValid() };
  },
};

if (import.meta.main) {
  const [library = '', input = '{}'] = process.argv.slice(2);
  console.warn = () => undefined;
  console.log(JSON.stringify(await PROGRAMS[library]?.(JSON.parse(input) as ProgramInput)));
}
