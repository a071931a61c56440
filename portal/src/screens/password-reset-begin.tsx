import * as z from 'zod';
import { useTranslation } from 'react-i18next';
import { EmailAddress } from '../../../contract/accounts.ts';
import type { PasswordReset } from '../../../contract/flows.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { EmailField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import type { FlowOnScreen } from '../ui/use-flow.ts';
import { useFaults } from '../ui/use-faults.ts';
import { useFormOf } from '../ui/use-form-of.ts';
import { useTyped } from '../ui/use-typed.ts';

const EmailForm = z.object({ email: EmailAddress });

/** Asks for the address whose password is reset. */
export function BeginReset({
  busy,
  refusal,
  step,
}: Pick<FlowOnScreen<PasswordReset>, 'busy' | 'refusal' | 'step'>) {
  const { t } = useTranslation();
  const {
    client: { passwordReset },
  } = usePortal();
  const typed = useTyped().email;
  const form = useFormOf(EmailForm, { email: passwordReset.email ?? typed ?? '' });
  const faults = useFaults(form, refusal, { email: t('faults.email') });
  const send = form.handleSubmit(({ email }) => void step(() => passwordReset.start(email)));
  return (
    <Screen title={t('reset.title')} lead={t('reset.lead')}>
      <Notice faults={faults} />
      <form noValidate onSubmit={(event) => void send(event)}>
        <EmailField
          field={form.register('email')}
          label={t('fields.email')}
          autoComplete="username"
          fault={faults.of('email')}
        />
        <Actions>
          <ActionButton type="submit" busy={busy}>
            {t('actions.sendVerificationCode')}
          </ActionButton>
          <ButtonLink to="/" kind="outline">
            {t('actions.cancel')}
          </ButtonLink>
        </Actions>
      </form>
    </Screen>
  );
}
