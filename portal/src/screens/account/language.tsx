import '../../i18n/account-texts.ts';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext } from 'react-router';
import type { Me } from '../../../../contract/portal.ts';
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from '../../i18n/index.ts';
import { usePortal } from '../../portal-context.tsx';
import { ActionButton, Actions } from '../../ui/buttons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Screen } from '../../ui/screen.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useNavigateWhileHere } from '../../ui/use-while-here.ts';
import { BackToAccount } from './back-to-account.tsx';
import type { Changed } from './overview.tsx';

/** Chooses the language of messages and calls, which the pages follow. */
export function Component() {
  const { t, i18n } = useTranslation();
  const { client } = usePortal();
  const me = useOutletContext<Me>();
  const navigate = useNavigateWhileHere();
  const action = useAction();
  const [chosen, setChosen] = useState<Language>(me.language ?? (i18n.language as Language));
  const save = async (): Promise<void> => {
    const saved = await action.run(() => client.signedIn.chooseLanguage(chosen));
    if (saved === undefined) return;
    // Where its texts cannot be loaded, the page stays in its language. The choice is saved.
    await chooseLanguage(chosen).catch(() => undefined);
    navigate('/account', { state: { changed: 'LANGUAGE' } satisfies Changed });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <Screen title={t('account.language.title')} lead={t('account.language.lead')}>
      <BackToAccount />
      <Notice refusal={action.refusal} />
      <form noValidate onSubmit={submit}>
        <fieldset className="usa-fieldset pa-fieldset">
          <legend className="usa-legend">{t('account.language.choose')}</legend>
          {LANGUAGES.map((language) => (
            <LanguageRadio
              key={language}
              language={language}
              isChosen={language === chosen}
              onChoose={setChosen}
            />
          ))}
        </fieldset>
        <Actions>
          <ActionButton type="submit" busy={action.busy}>
            {t('account.language.save')}
          </ActionButton>
        </Actions>
      </form>
    </Screen>
  );
}

/** By its own name, so that whoever reads only that language finds it. */
function LanguageRadio({
  language,
  isChosen,
  onChoose,
}: {
  language: Language;
  isChosen: boolean;
  onChoose: (language: Language) => void;
}) {
  const id = `language-${language}`;
  return (
    <div className="usa-radio">
      <input
        id={id}
        type="radio"
        name="language"
        className="usa-radio__input"
        checked={isChosen}
        onChange={() => onChoose(language)}
      />
      <label className="usa-radio__label" htmlFor={id} lang={language}>
        {LANGUAGE_NAMES[language]}
      </label>
    </div>
  );
}
