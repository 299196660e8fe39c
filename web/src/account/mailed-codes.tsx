import type { VNode } from 'preact';
import { faultOf, type Fault } from '../api/fault.js';
import { Act } from '../parts/act.js';
import { text } from '../texts/texts.js';
import { ownRequest } from './own-request.js';

interface Properties {
  readonly isOn: boolean;
  readonly hasApp: boolean;
  readonly onChange: (words: string) => Promise<Fault | null>;
}

/** Codes by e-mail at sign-in, on or off. */
export function MailedCodes({ isOn, hasApp, onChange }: Properties): VNode {
  const turn = async (): Promise<Fault | null> => {
    const answer = await ownRequest(isOn ? 'DELETE' : 'PUT', '/v1/me/factors/email');
    if (!answer?.isOk && answer?.status !== 404) {
      return faultOf(answer, { 'address-not-confirmed': 'mailedCodesNoAddress' });
    }
    return onChange(text(isOn ? 'mailedCodesNowOff' : 'mailedCodesNowOn'));
  };
  return (
    <section>
      <h2>{text('mailedCodesTitle')}</h2>
      <p>{text(isOn ? (hasApp ? 'mailedCodesBehindApp' : 'mailedCodesOn') : 'mailedCodesOff')}</p>
      <Act label={text(isOn ? 'mailedCodesTurnOff' : 'mailedCodesTurnOn')} act={turn} />
    </section>
  );
}
