import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { faultOf, type Fault } from '../api/fault.js';
import { Act } from '../parts/act.js';
import { moment, text } from '../texts/texts.js';
import { AuthenticatorOffer, type Offer } from './authenticator-offer.js';
import { ownRequest } from './own-request.js';

const ROUTE = '/v1/me/factors/totp';

interface Properties {
  readonly enrolledAt: string | null;
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onChange: (words: string) => Promise<Fault | null>;
}

/** The authenticator app: set up, or taken away. */
export function Authenticator({ enrolledAt, onCodes, onChange }: Properties): VNode {
  const offer = useSignal<Offer | null>(null);
  const begin = async (): Promise<Fault | null> => {
    const answer = await ownRequest('POST', ROUTE);
    if (!answer?.isOk) return faultOf(answer, { 'factor-exists': 'appThere' });
    offer.value = answer.body as unknown as Offer;
    return null;
  };
  const remove = async (): Promise<Fault | null> => {
    const answer = await ownRequest('DELETE', ROUTE);
    return answer?.isOk || answer?.status === 404 ? onChange(text('appRemoved')) : faultOf(answer, {});
  };
  return (
    <section>
      <h2>{text('appTitle')}</h2>
      {enrolledAt !== null ? (
        <>
          <p>{text('appOn', { time: moment(enrolledAt) })}</p>
          <Act label={text('appRemove')} question={text('appRemoveSure')} act={remove} />
        </>
      ) : offer.value === null ? (
        <>
          <p>{text('appOff')}</p>
          <Act label={text('appSetUp')} act={begin} />
        </>
      ) : (
        <AuthenticatorOffer offer={offer.value} onCodes={onCodes} onCancel={() => (offer.value = null)} />
      )}
    </section>
  );
}
