import type { Registration } from '../../../contract/flows.ts';
import type { Refusal } from '@portal-auth/client';
import type { FlowOnScreen } from '../ui/use-flow.ts';

export interface RegistrationStepProps {
  registration: Registration;
  busy: boolean;
  refusal: Refusal | undefined;
  step: FlowOnScreen<Registration>['step'];
  /** Forgets the refusal, when another step is shown. */
  dismiss: () => void;
  /** The callee of a verification call pressed 9. */
  onDenied: () => void;
}
