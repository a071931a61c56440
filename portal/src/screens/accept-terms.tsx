import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { AcceptTermsParameters } from '../../../contract/challenges.ts';
import type { SignInState } from '@portal-auth/client';
import { usePortal } from '../portal-context.tsx';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { CheckField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useFaults } from '../ui/use-faults.ts';
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
  const { t, i18n } = useTranslation();
  const { client } = usePortal();
  const { busy, go, leave } = useSignIn();
  const navigate = useNavigate();
  const { termsVersion } = challenge;
  const terms = useLoaded(() => client.currentTerms(), [termsVersion, i18n.language]);
  const form = useFormOf(Agreement, { agreed: false as unknown as true });
  const faults = useFaults(form, state.refusal, { agreed: t('faults.terms') });
  // The person accepts the version that was shown.
  const send = form.handleSubmit(
    () => void go((signIn) => signIn.acceptTerms(terms.value?.version ?? termsVersion)),
  );
  const decline = (): void => {
    leave();
    void navigate('/');
  };
  return (
    <Screen title={t('terms.title')} lead={t('terms.lead')} wide>
      {terms.refusal === undefined ? (
        <Notice faults={faults} />
      ) : (
        <Notice refusal={terms.refusal} />
      )}
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
              fault={faults.of('agreed')}
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
