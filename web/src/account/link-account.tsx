import type { VNode } from 'preact';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { signInElsewhere } from '../elsewhere/hand-over.js';
import { HAND_OVER_REFUSALS } from '../elsewhere/hand-over-refusals.js';
import { Act } from '../parts/act.js';
import { providerName, providers } from '../providers.js';
import { text, type TextName } from '../texts/texts.js';
import { ownRequest } from './own-request.js';

const REFUSALS: Readonly<Record<string, TextName>> = {
  'identity-taken': 'identityTaken',
  'identity-already-linked': 'identityThere',
  'proof-refused': 'elsewhereFailed',
};

interface Properties {
  /** There is one more. */
  readonly onLinked: () => Promise<Fault | null>;
  /** There may be more than the list shows: an answer was lost, or the account linked in another window. */
  readonly onUnsure: () => Promise<unknown>;
}

/** Links accounts elsewhere with one's own: for each provider a button. */
export function LinkAccount({ onLinked, onUnsure }: Properties): VNode | null {
  const link = async (provider: string): Promise<Fault | null> => {
    const handedOver = await signInElsewhere(provider);
    if ('refusal' in handedOver) return fault(HAND_OVER_REFUSALS[handedOver.refusal]);
    const { token } = handedOver;
    const answer = await ownRequest('POST', '/v1/me/identities', { provider, token });
    if (answer?.isOk) return onLinked();
    if (answer === null || answer.body.code === 'identity-already-linked') await onUnsure();
    return faultOf(answer, REFUSALS);
  };
  if (providers.length === 0) return null;
  return (
    <section>
      <h2>{text('identityLinkTitle')}</h2>
      <p>{text('identityLinkText')}</p>
      {providers.map((provider) => (
        <Act
          key={provider}
          label={text('identityLink', { provider: providerName(provider) })}
          act={() => link(provider)}
        />
      ))}
    </section>
  );
}
