import type { VNode } from 'preact';
import { faultOf, type Fault } from '../api/fault.js';
import { Act } from '../parts/act.js';
import { text } from '../texts/texts.js';
import { ownRequest } from './own-request.js';

interface Properties {
  readonly left: number;
  readonly onCodes: (codes: readonly string[]) => void;
}

/** How many recovery codes are left, and the way to new ones. */
export function RenewCodes({ left, onCodes }: Properties): VNode {
  const renew = async (): Promise<Fault | null> => {
    const answer = await ownRequest('POST', '/v1/me/factors/recovery-codes');
    if (!answer?.isOk) return faultOf(answer, {});
    onCodes((answer.body as unknown as { recoveryCodes: string[] }).recoveryCodes);
    return null;
  };
  return (
    <section>
      <h2>{text('codesTitle')}</h2>
      <p>{text('codesLeft', { count: String(left) })}</p>
      <Act label={text('codesRenew')} question={text('codesRenewSure')} act={renew} />
    </section>
  );
}
