/** The senders, where a function sends. */
import { readEnvironment } from '../../ground/platform/environment.ts';
import { ENVIRONMENT, type FunctionSettings } from '../../ground/platform/environment-names.ts';
import { log } from '../../ground/platform/log.ts';
import { SesEmailSender } from './email.sender.ts';
import { SnsTextSender } from './text.sender.ts';

export function emailSender(settings: FunctionSettings): SesEmailSender {
  const { configurationSet } = readEnvironment({
    configurationSet: ENVIRONMENT.emailConfigurationSet,
  });
  return new SesEmailSender({ settings, configurationSet, log });
}

export function textSender(settings: FunctionSettings): SnsTextSender {
  return new SnsTextSender({
    originationNumber: settings.sms.originationNumber,
    log,
  });
}
