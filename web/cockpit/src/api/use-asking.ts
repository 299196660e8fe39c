import { useState } from 'react';
import { useLogoutIfAccessDenied, useNotify } from 'react-admin';
import { keyOfProblem } from '../texts/words.js';
import { ask, type Method } from './ask.js';
import { Problem } from './problem.js';

interface Asking {
  readonly isSending: boolean;
  /** What the server answered; null when it refused, which was told. */
  readonly send: <Body>(method: Method, path: string, body?: unknown) => Promise<Body | null>;
}

/** Puts single questions to the native API, and tells of refusals where notices are shown. */
export function useAsking(): Asking {
  const notify = useNotify();
  const leaveIfSignedOut = useLogoutIfAccessDenied();
  const [isSending, setIsSending] = useState(false);
  const send = async <Body>(method: Method, path: string, body?: unknown): Promise<Body | null> => {
    setIsSending(true);
    try {
      return (await ask<Body>(method, path, { body })).body;
    } catch (error) {
      const { code, status } = error instanceof Problem ? error : new Problem(0, {});
      if (await leaveIfSignedOut(error)) return null;
      notify(keyOfProblem(code, status), { type: 'error' });
      return null;
    } finally {
      setIsSending(false);
    }
  };
  return { isSending, send };
}
