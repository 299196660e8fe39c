import type { VNode } from 'preact';
import { fault, type Fault } from '../api/fault.js';
import { enter, faultOfEntering, isAddressWanted, type AccountElsewhere } from '../elsewhere/enter.js';
import { signInElsewhere } from '../elsewhere/hand-over.js';
import { HAND_OVER_REFUSALS } from '../elsewhere/hand-over-refusals.js';
import { Form } from '../parts/form.js';
import { useSubmission } from '../parts/submission.js';
import { providerName } from '../providers.js';
import { go } from '../route.js';
import { text } from '../texts/texts.js';

interface Properties {
  readonly provider: string;
  readonly remember: () => boolean;
  /** Its owner is new here, and has to say by which address he can be reached. */
  readonly onAddressWanted: (account: AccountElsewhere) => void;
}

/** Signs in with an account at a provider. */
export function ElsewhereForm({ provider, remember, onAddressWanted }: Properties): VNode {
  const submission = useSubmission();
  const send = async (): Promise<Fault | null> => {
    const handedOver = await signInElsewhere(provider);
    if ('refusal' in handedOver) return fault(HAND_OVER_REFUSALS[handedOver.refusal]);
    const account = { provider, token: handedOver.token, remember: remember() };
    const answer = await enter(account);
    if (answer?.isOk) go('me');
    else if (isAddressWanted(answer)) onAddressWanted(account);
    else return faultOfEntering(answer);
    return null;
  };
  const action = text('signInElsewhere', { provider: providerName(provider) });
  return <Form submission={submission} action={action} isSecondary send={send} />;
}
