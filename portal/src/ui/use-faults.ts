import { use, useEffect, useState } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Refusal, RefusalCode } from '@portal-auth/client';
import { Audience } from './audience.ts';

export interface Fault {
  field: string;
  text: string;
}

/** What is wrong with a form, by the form itself or by the backend. */
export interface Faults {
  /** What the form found itself. */
  own: Fault[];
  /** What the backend refused, unless the form found something since. */
  refusal: Refusal | undefined;
  /** Grows with every attempt to send the form. */
  attempts: number;
  /** Why a field cannot be used. */
  of: (field: string) => string | undefined;
}

/** The fields that a refusal is about, where it names none itself. */
const FIELDS: Partial<Record<RefusalCode, readonly string[]>> = {
  SIGN_IN_REFUSED: ['email', 'password'],
  CREDENTIALS_INVALID: ['username', 'password'],
  REGISTRATION_CODE_INVALID: ['npi', 'registrationCode'],
  USERNAME_TAKEN: ['username'],
  EMAIL_TAKEN: ['email'],
  EMAIL_BOUNCED: ['email'],
  EMAIL_NOT_ON_RECORD: ['email'],
  WORKFORCE_EMAIL: ['email'],
  PASSWORD_TOO_SHORT: ['password'],
  PASSWORD_TOO_LONG: ['password'],
  PASSWORD_COMMON: ['password'],
  PASSWORD_CONTAINS_IDENTITY: ['password'],
  PASSWORD_INVALID: ['password'],
  PHONE_INVALID: ['phone'],
  PHONE_EXTENSION: ['phone'],
  PHONE_NOT_ALLOWED: ['phone'],
  CURRENT_PASSWORD_INVALID: ['currentPassword'],
  CODE_MISMATCH: ['code'],
  ANSWER_INVALID: ['code'],
};

/** Members of bodies whose fields have another name. */
const NAMES: Record<string, string> = { phoneNumber: 'phone', newPassword: 'password' };

/** @param words what to say of each field that the form refuses */
export function useFaults<I extends FieldValues, O extends FieldValues>(
  form: UseFormReturn<I, unknown, O>,
  refusal: Refusal | undefined,
  words: Record<string, string>,
): Faults {
  const { t } = useTranslation();
  const { words: explained } = use(Audience);
  const { errors, submitCount } = form.formState;
  const [answered, setAnswered] = useState<Refusal>();
  const own = Object.entries(words).flatMap(([field, text]) =>
    field in errors ? [{ field, text }] : [],
  );
  const isRefused = own.length > 0;
  useEffect(() => {
    if (isRefused) setAnswered(refusal);
  }, [isRefused, refusal]);
  const shown = isRefused || refusal === answered ? undefined : refusal;
  const named = shown === undefined ? [] : fieldsOf(shown);
  return {
    own,
    refusal: shown,
    attempts: submitCount,
    of: (field) =>
      own.find((fault) => fault.field === field)?.text ??
      (shown !== undefined && named.includes(field)
        ? t(`refusals.${shown.code}`, explained)
        : undefined),
  };
}

function fieldsOf({ code, fields }: Refusal): readonly string[] {
  return fields?.map(({ path }) => NAMES[path] ?? path) ?? FIELDS[code] ?? [];
}
