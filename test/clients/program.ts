/**
 * A user's program, with one of the public client libraries: `node program.ts <library> <JSON>`, prints what it saw as JSON.
 * It runs in a process of its own, because under jest the libraries' big integers are fifty times slower.
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
  /** Given one after the other. */
  answers: string[];
}

const PROGRAMS: Record<string, (input: ProgramInput) => Promise<unknown>> = {
  async amplify({ endpoint, userPoolId, clientId, username, password, answers }) {
    Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint } } });
    const steps = [(await signIn({ username, password, options: { authFlowType: 'CUSTOM_WITH_SRP' } })).nextStep];
    for (const challengeResponse of answers) steps.push((await confirmSignIn({ challengeResponse })).nextStep);
    const { tokens } = await fetchAuthSession({ forceRefresh: true });
    return { steps, refreshed: tokens?.accessToken.payload };
  },
  async 'identity-js'({ endpoint, userPoolId, clientId, username, password, answers }) {
    // Its ES module build cannot be imported by Node.
    const { AuthenticationDetails, CognitoUser, CognitoUserPool } = createRequire(import.meta.url)('amazon-cognito-identity-js') as typeof identityJs;
    const user = new CognitoUser({ Username: username, Pool: new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint }) });
    user.setAuthenticationFlowType('CUSTOM_AUTH');
    const seen: unknown[] = [];
    const session = await new Promise<{ isValid(): boolean }>((resolve, reject) => {
      const callbacks = {
        onSuccess: resolve,
        onFailure: reject,
        customChallenge(parameters: unknown) {
          seen.push(parameters);
          user.sendCustomChallengeAnswer(answers.shift() ?? '', callbacks);
        },
      };
      user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), callbacks);
    });
    return { seen, valid: session.isValid() };
  },
};

if (import.meta.main) {
  const [library = '', input = '{}'] = process.argv.slice(2);
  console.warn = () => undefined;
  console.log(JSON.stringify(await PROGRAMS[library]?.(JSON.parse(input) as ProgramInput)));
}
