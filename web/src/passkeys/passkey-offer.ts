import { useEffect } from 'preact/hooks';
import type { Submission } from '../parts/submission.js';
import { offerPasskeySignIn } from './passkey-sign-in.js';
import { canOfferPasskeys, stopPasskeys } from './passkeys.js';

/** By which it is seen that somebody sits in front of the page. */
const SIGNS_OF_LIFE = ['pointermove', 'pointerdown', 'keydown'] as const;

/**
 * Offers passkeys in the list of the field for the name, where the device can. Not before somebody moves
 * or presses something: a visit by itself asks the server for nothing.
 */
export function usePasskeyOffer({ run }: Submission, remember: () => boolean): void {
  useEffect(() => {
    const page = new AbortController();
    void canOfferPasskeys().then((canOffer) => {
      if (!canOffer || page.signal.aborted) return;
      const life = new AbortController();
      page.signal.addEventListener('abort', () => life.abort());
      const offer = (): void => {
        life.abort();
        if (!page.signal.aborted) void offerPasskeySignIn(run, remember);
      };
      for (const sign of SIGNS_OF_LIFE) addEventListener(sign, offer, { signal: life.signal });
    });
    return () => {
      page.abort();
      stopPasskeys();
    };
  }, []);
}
