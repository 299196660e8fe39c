/**
 * Why a window came back with nothing: the browser did not open it, its user closed it or left the page
 * that it was for, he said no there, or the provider did not take part.
 */
export type HandOverRefusal = 'blocked' | 'closed' | 'denied' | 'failed';

/** What came of signing in elsewhere: the proof that our server takes, or why there is none. */
export type HandedOver = { readonly token: string } | { readonly refusal: HandOverRefusal };

/** What the window calls its opener with (document 002, "OAuth Flow"). */
interface Result {
  readonly error: string | null;
  readonly credentials?: { readonly external_system: string; readonly external_token: string };
}

/** How often it is looked whether the window is still there: no event tells of its end. */
const LOOK_MS = 250;
const LOOK = 'popup,width=600,height=720';

/** Gives up the window that is open, if one is. */
let giveUp = (): void => undefined;

/**
 * Opens a window in which its user signs in at a provider, and waits for what it hands over. It has to be
 * called while a press of a button is handled: browsers open no window otherwise. There is one window at
 * a time, and none for a page that was left. Never throws.
 */
export function signInElsewhere(provider: string): Promise<HandedOver> {
  giveUp();
  // Of this window alone: what an older one still hands over reaches nobody.
  const callback = `handedOver_${crypto.getRandomValues(new Uint32Array(4)).join('_')}`;
  const popup = open(`/auth/${provider}/redirect?callback=${callback}`, '_blank', LOOK);
  if (popup === null) return Promise.resolve({ refusal: 'blocked' });
  return new Promise((resolve) => {
    const end = (outcome: HandedOver): void => {
      clearInterval(timer);
      removeEventListener('hashchange', giveUp);
      Reflect.deleteProperty(window, callback);
      giveUp = () => undefined;
      resolve(outcome);
    };
    const timer = setInterval(() => popup.closed && end({ refusal: 'closed' }), LOOK_MS);
    giveUp = () => {
      popup.close();
      end({ refusal: 'closed' });
    };
    addEventListener('hashchange', giveUp);
    Object.assign(window, { [callback]: (result: Result) => end(outcomeOf(result, provider)) });
  });
}

function outcomeOf({ error, credentials }: Result, provider: string): HandedOver {
  if (error === 'Access not granted') return { refusal: 'denied' };
  if (error !== null || credentials?.external_system !== provider) return { refusal: 'failed' };
  return { token: credentials.external_token };
}
