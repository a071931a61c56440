import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { AcceptTermsParameters } from '../../../contract/challenges.ts';
import type { SignInState } from '../auth-client/index.ts';
import { usePortal } from '../portal-context.tsx';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { CheckField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFormOf } from '../ui/use-form-of.ts';
import { useLoaded } from '../ui/use-loaded.ts';
import { TermsText } from './terms-text.tsx';

const Agreement = z.object({ agreed: z.literal(true) });

export function AcceptTerms({
  state,
  challenge,
}: {
  state: Extract<SignInState, { kind: 'CHALLENGE' }>;
  challenge: AcceptTermsParameters;
}) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const { busy, go, leave } = useSignIn();
  const navigate = useNavigate();
  const terms = useLoaded(() => client.currentTerms(), [challenge.termsVersion]);
  const form = useFormOf(Agreement, { agreed: false as unknown as true });
  // The person accepts the version that was shown.
  const send = form.handleSubmit(
    () => void go((signIn) => signIn.acceptTerms(terms.value?.version ?? challenge.termsVersion)),
  );
  const decline = (): void => {
    leave();
    void navigate('/');
  };
  return (
    <Screen title={t('terms.title')} lead={t('terms.lead')} wide>
      <Notice refusal={state.refusal ?? terms.refusal} />
      {terms.refusal === undefined ? null : (
        <Actions>
          <ActionButton onClick={terms.reload}>{t('actions.tryAgain')}</ActionButton>
        </Actions>
      )}
      {terms.refusal !== undefined ? null : (
        <TermsText terms={terms.value}>
          <form noValidate onSubmit={(event) => void send(event)}>
            <CheckField
              field={form.register('agreed')}
              label={t('terms.agree')}
              fault={form.formState.errors.agreed && t('faults.terms')}
            />
            <Actions>
              <ActionButton type="submit" busy={busy}>
                {t('actions.continue')}
              </ActionButton>
              <ActionButton kind="outline" onClick={decline}>
                {t('terms.decline')}
              </ActionButton>
            </Actions>
          </form>
        </TermsText>
      )}
    </Screen>
  );
}
